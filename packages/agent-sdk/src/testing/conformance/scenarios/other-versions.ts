import { encodeLine } from "@mimolo/protocol/wire";
import type { Scenario } from "../scenario.ts";

/** A collector that speaks 0.3: params are called `args`, and an ack says little. */
export const olderCollector: Scenario = {
  name: "older-collector",
  title: "a collector of an older minor version",
  async play(stage) {
    const agent = await stage.start();
    if (!(await agent.introduced())) return;
    if (agent.handshake !== undefined) {
      const ack = { ack: "handshake", accepted: true, app_version: "0.3.0", protocol_version: "0.3" };
      agent.write(encodeLine({ cmd: "ack", ...ack }));
    }
    const from = agent.lineCount;
    agent.write(encodeLine({ cmd: "flush", args: {} }));
    // Without an id to repeat, whatever ack of it comes is the one.
    await agent.answer("flush", null, from);
  },
};

/** A collector of a later minor: fields and words that nobody knows yet. */
export const newerCollector: Scenario = {
  name: "newer-collector",
  title: "a collector of a newer minor version",
  async play(stage) {
    const agent = await stage.start();
    const terms = { app_version: "0.9.0", protocol_version: "0.9", hologram: { depth: 3 }, enforced: ["gravity"] };
    if (!(await agent.introduced()) || agent.handshake === undefined) return;
    agent.accept(terms);
    await agent.ask("flush");
  },
};
