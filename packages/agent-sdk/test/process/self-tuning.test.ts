import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { WireMessage } from "@mimolo/protocol/wire";
import { bundleFixtures } from "./bundled-fixtures.ts";
import { ACK, childAgent } from "./child-agent.ts";

const folder = await bundleFixtures();
const child = childAgent(join(folder, "burns-and-recovers.mjs"));
afterAll(async () => {
  child.process.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

const factorOf = (message: WireMessage) =>
  message.type === "status" ? (message.tuned as { factor: number } | undefined)?.factor : undefined;

test.runIf(process.platform !== "win32")(
  "a process whose samples burn CPU slows itself down, and comes back step by step when they do not",
  { timeout: 60_000 },
  async () => {
    await child.message(({ type }) => type === "handshake");
    child.send({ ...ACK, params: { heartbeat_interval_s: 5, cpu_budget_percent: 10 } });
    const slowed = await child.message((message) => (factorOf(message) ?? 1) > 1);
    expect(slowed).toMatchObject({
      health: "ok",
      tuned: {
        factor: 2,
        poll_interval_s: 4,
        reason: expect.stringMatching(/^cpu \d+(\.\d+)? % of a core, budget 10 %$/),
      },
    });
    const pausedAt = child.messages.length;
    child.process.kill("SIGUSR2");
    await child.message((message) => child.messages.indexOf(message) >= pausedAt && factorOf(message) === 1);
    const factors = child.messages.flatMap((message) => factorOf(message) ?? []);
    // Each change is one status, one step up or down.
    for (const [index, factor] of [1, ...factors].slice(0, -1).entries()) {
      expect([factor * 2, factor / 2]).toContain(factors[index]);
    }
    child.send({ cmd: "shutdown" });
    expect(await child.ended).toBe(0);
    expect(child.refused).toEqual([]);
  },
);
