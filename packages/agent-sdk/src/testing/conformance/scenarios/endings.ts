import type { Scenario } from "../scenario.ts";

const SECOND_SIGNAL_MS = 3_000;

/** End of stdin, in the middle of its work. */
export const stdinEnds: Scenario = {
  name: "stdin-ends",
  title: "its stdin ends",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    stage.step("ending");
    agent.hangUp();
    await agent.gone();
    await agent.noteLeftBehind();
  },
};

/** A collector that ends before it has read a line. */
export const stdinEndsAtOnce: Scenario = {
  name: "stdin-ends-at-once",
  title: "its stdin ends before anything came",
  async play(stage) {
    const agent = await stage.start();
    stage.step("ending");
    agent.hangUp();
    await agent.gone();
  },
};

export const terminated: Scenario = {
  name: "terminated",
  title: "it is told to end by a signal",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    stage.step("ending");
    agent.signal("SIGTERM");
    // A shell that was just about to read hears a signal with the next line or signal only: that is POSIX's, not the agent's.
    const again = setTimeout(() => agent.signal("SIGTERM"), SECOND_SIGNAL_MS);
    await agent.gone();
    clearTimeout(again);
    await agent.noteLeftBehind();
  },
};

/** The shutdown comes in one write with what precedes it, right after the handshake. */
export const shutDownAtOnce: Scenario = {
  name: "shut-down-at-once",
  title: "it is shut down right after its handshake",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.introduced())) return;
    agent.accept();
    stage.step("ending");
    agent.send("shutdown");
    await agent.gone();
  },
};

export const shutDownTwice: Scenario = {
  name: "shut-down-twice",
  title: "it is shut down twice, and its stdin ends",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    stage.step("ending");
    agent.send("shutdown");
    agent.send("shutdown");
    agent.hangUp();
    await agent.gone();
  },
};

/** As after `kill -9` of the collector: nobody reads and nobody writes any more. */
export const collectorDies: Scenario = {
  name: "collector-dies",
  title: "its collector is killed",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    stage.step("ending");
    agent.abandon();
    await agent.gone();
    await agent.noteLeftBehind();
  },
};
