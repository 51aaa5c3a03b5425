import type { Scenario } from "../scenario.ts";

export const rejected: Scenario = {
  name: "rejected",
  title: "its handshake is rejected",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.introduced()) || agent.handshake === undefined) return;
    agent.send("reject", { reason: "protocol_version_mismatch" });
    await agent.gone();
  },
};
