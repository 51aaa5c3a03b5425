import type { Scenario } from "../scenario.ts";

const SILENCE_MS = 3000;

/** A collector that has much to do: it says nothing for a while, not even that the handshake was good. */
export const silentCollector: Scenario = {
  name: "silent-collector",
  title: "a collector that says nothing for a while",
  isLong: true,
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.introduced())) return;
    await stage.pass(SILENCE_MS);
    stage.step("speaks");
    agent.accept();
    await agent.ask("flush");
  },
};
