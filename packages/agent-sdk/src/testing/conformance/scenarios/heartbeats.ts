import type { Scenario } from "../scenario.ts";

const BEATS = 3;

/** The intervals it was told pass, and nothing else happens; then it is stopped, and they go on. */
export const heartbeats: Scenario = {
  name: "heartbeats",
  title: "nothing happens but time",
  isLong: true,
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.introduced())) return;
    agent.accept();
    if (agent.has("lifecycle")) await agent.begun();
    const from = agent.lineCount;
    stage.step("beats");
    const since = (index: number) => agent.messages("heartbeat").filter((beat) => beat.index >= index);
    await agent.seen(`${BEATS} heartbeats`, () => since(from)[BEATS - 1]);
    stage.step("beaten");
    await agent.ask("stop");
    const stopped = agent.lineCount;
    stage.step("stopped");
    await agent.seen("a heartbeat", () => since(stopped)[1]);
    await agent.ask("start");
    stage.step("end");
    agent.send("shutdown");
    await agent.gone();
  },
};

/** What happens when it is told to do less. */
export const throttled: Scenario = {
  name: "throttled",
  title: "it is told to take its time",
  features: ["throttle"],
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.working())) return;
    for (const factor of [4, 1]) {
      stage.step(`factor-${factor}`);
      const from = agent.lineCount;
      agent.send("throttle", { factor, reason: "over budget" });
      await agent.seen("a status with tuned", () =>
        agent.messages("status").find(({ index, message }) => index >= from && message.tuned !== undefined),
      );
    }
    stage.step("end");
  },
};
