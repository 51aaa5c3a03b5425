import { HOPELESS_MS } from "../life/waits.ts";
import type { Scenario } from "../scenario.ts";

/** One command after another; each has to be answered before the next comes. */
export const commandsCome: Scenario = {
  name: "commands",
  title: "one command after another",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    stage.step("status");
    await agent.ask("status", {}, "status");
    stage.step("stop");
    await agent.ask("stop");
    stage.step("stopped");
    await agent.ask("flush");
    stage.step("start");
    await agent.ask("start");
    stage.step("started");
    await agent.ask("flush");
    stage.step("sequence");
    const from = agent.lineCount;
    const sequence = ["stop", "flush", "start"];
    agent.send("sequence", { sequence });
    const isHopeless = sequence.some((cmd) => agent.leavesOut(cmd));
    const look = () => {
      const acks = agent.messages("ack").filter(({ index }) => index >= from);
      return acks.length >= sequence.length ? true : undefined;
    };
    await agent.seen("an ack for each step of a sequence", look, isHopeless ? HOPELESS_MS : undefined);
    stage.step("end");
    // Whatever comes late comes before this.
    await agent.ask("status", {}, "status");
  },
};

/** Windows one after another, with a word between them. */
export const flushes: Scenario = {
  name: "flushes",
  title: "it is asked for what it saw, three times",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    for (let round = 0; round < 3; round += 1) {
      await agent.ask("flush");
      await agent.ask("status", {}, "status");
    }
    stage.step("end");
  },
};
