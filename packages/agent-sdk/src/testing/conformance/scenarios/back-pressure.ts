import type { Scenario } from "../scenario.ts";

/** What the pipe and the buffers around it hold by far: an agent that answers so much has to wait. */
const FULL_BYTES = 600_000;
const MOST_ASKED = 4000;
const TRIAL = 20;
/** So much of the agent's own time is spent on answers that nobody reads. */
const WORTH_MS = 2000;

/** A collector that does not read for a while, and asks on. */
export const backPressure: Scenario = {
  name: "back-pressure",
  title: "a collector that does not read for a while",
  isLong: true,
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    const from = agent.lineCount;
    const beganMs = performance.now();
    for (let round = 0; round < TRIAL; round += 1) agent.send("status");
    const answers = () => agent.messages("status").filter(({ index }) => index >= from);
    const last = await agent.seen(`${TRIAL} times its status`, () => answers()[TRIAL - 1]);
    if (last === undefined) return;
    const eachMs = (performance.now() - beganMs) / TRIAL;
    const asked = Math.ceil(Math.min(FULL_BYTES / last.bytes.length, MOST_ASKED, WORTH_MS / eachMs));
    agent.pauseStdout();
    for (let round = 0; round < asked; round += 1) agent.send("status");
    await stage.pass(WORTH_MS);
    agent.resumeStdout();
    stage.step("reads-again");
    await agent.ask("flush");
  },
};
