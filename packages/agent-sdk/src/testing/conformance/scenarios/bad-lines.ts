import { badLines } from "../bad-lines.ts";
import type { Scenario } from "../scenario.ts";

/** One kind of bad line after another; after each it is asked for its status. */
export const badLinesCome: Scenario = {
  name: "bad-lines",
  title: "lines that no collector should send",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    for (const { name, lines } of badLines) {
      stage.step(name);
      for (const line of lines) {
        if (typeof line === "string") agent.write(`${line}\n`);
        else agent.writeBytes(line);
      }
      if ((await agent.ask("flush")) === undefined) return;
    }
    stage.step("end");
  },
};
