import type { Scenario } from "../scenario.ts";

/** Acks repeat the id: enough of these fill whatever lies between an agent and its collector, and who waits, waits there. Each is short
 *  enough that two processes of an agent may write at once (PIPE_BUF). */
const LONG = { id: 3000, count: 320 };
/** Far more than a window of evidence: who has taken these as well waits for nobody. */
const MANY = { id: 256, count: 1280 };
/** An agent that has taken nothing for so long waits for its collector. */
const STANDS_STILL_MS = 2000;
/** One that takes so little at a time has enough. */
const MOST_MS = 15_000;

/** A collector that does not read for a while, and asks on until the agent takes no more. */
export const backPressure: Scenario = {
  name: "back-pressure",
  title: "a collector that does not read for a while",
  isLong: true,
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    const untilMs = performance.now() + MOST_MS;
    agent.pauseStdout();
    stage.step("reads-nothing");
    let isTaken = true;
    for (const { id, count } of [LONG, MANY]) {
      for (let sent = 0; sent < count && isTaken; sent += 1) {
        agent.send("start", {}, agent.nextId().padEnd(id, "-"));
        isTaken = (await agent.taken(STANDS_STILL_MS)) && performance.now() < untilMs;
      }
    }
    if (isTaken) stage.step("all-taken");
    stage.step("reads-again");
    agent.resumeStdout();
    await agent.ask("flush");
  },
};
