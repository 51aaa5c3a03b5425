import { encodeLine } from "@mimolo/protocol/wire";
import type { Scenario } from "../scenario.ts";

/** Commands as the pipe may deliver them: with other line ends, in pieces, several at once, with fields nobody knows. */
export const lineEnds: Scenario = {
  name: "line-ends",
  title: "commands with other line ends, in pieces, several at once",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    stage.step("unknown-fields");
    if ((await agent.ask("flush", { since: "a field nobody knows yet", deeper: { still: [1] } })) === undefined) return;
    stage.step("crlf");
    let from = agent.lineCount;
    agent.write('{"cmd":"flush","id":"crlf"}\r\n');
    if ((await agent.answer("flush", "crlf", from)) === undefined) return;
    stage.step("pieces");
    from = agent.lineCount;
    await agent.writePieces(['{"cmd"', ':"fl', 'ush","id":"pie', 'ces"}', "\n"]);
    if ((await agent.answer("flush", "pieces", from)) === undefined) return;
    stage.step("at-once");
    from = agent.lineCount;
    agent.write(["one", "two", "three"].map((id) => encodeLine({ cmd: "flush", id })).join(""));
    await agent.seen("three acks of flush", () => {
      const acks = agent
        .messages("ack")
        .filter(({ index, message }) => index >= from && message.ack_command === "flush");
      return acks.length >= 3 ? true : undefined;
    });
    stage.step("end");
  },
};
