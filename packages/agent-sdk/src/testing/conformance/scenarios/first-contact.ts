import type { Scenario } from "../scenario.ts";

/** A whole life as it should be: introduced, accepted, asked once, ended. Every other scenario leaves the path somewhere. */
export const firstContact: Scenario = {
  name: "first-contact",
  title: "a whole life, as it should be",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    await agent.ask("flush");
    stage.step("shutdown");
    agent.send("shutdown");
    await agent.gone();
    await agent.noteLeftBehind();
    await stage.noteFiles();
  },
};
