import type { Scenario } from "../scenario.ts";

/** Programs that are compiled while they run do so in the beginning. */
const WARM_MS = 1500;
const WINDOW_MS = 5000;
/** As many windows as an hour or two of a collector has. */
const MANY = 100;

/** Nobody wants anything of it. */
export const atRest: Scenario = {
  name: "at-rest",
  title: "nobody wants anything of it",
  isLong: true,
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    await stage.pass(WARM_MS);
    stage.step("window");
    await agent.noteUsage();
    await stage.pass(WINDOW_MS);
    await agent.noteUsage();
    stage.step("end");
  },
};

/** Hours of work in a moment: what each flush leaves behind is seen after many. */
export const manyFlushes: Scenario = {
  name: "many-flushes",
  title: "it is flushed a hundred times",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    for (let round = 0; round < MANY * 2; round += 1) {
      if (round === MANY) await agent.noteUsage();
      if ((await agent.ask("flush")) === undefined) return;
    }
    await agent.noteUsage();
    stage.step("end");
  },
};
