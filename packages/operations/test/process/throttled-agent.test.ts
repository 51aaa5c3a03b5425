import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Clock, systemClock } from "@mimolo/agent-sdk";
import type { LogLine } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector } from "../../src/index.ts";

const burner = fileURLToPath(new URL("../fixtures/agents/burns-cpu.mjs", import.meta.url));

/** The collector lives ten times as fast as its agent, so its minute passes in 6 s, and 10 % of a core look like 1 % to it. */
const SPEED = 10;
const startMs = systemClock.wallMs();
const startTicksMs = systemClock.ticksMs();
const ticksMs = () => (systemClock.ticksMs() - startTicksMs) * SPEED;
const fastClock: Clock = {
  ticksMs,
  wallMs: () => startMs + ticksMs(),
  after: (delayMs, run, signal) => systemClock.after(delayMs / SPEED, run, signal),
};

let dataDir = "";
let collector: Collector;
let lines: LogLine[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-throttled-"));
  lines = [];
});
afterEach(async () => {
  await collector.stop({ hurry: true });
  rmSync(dataDir, { recursive: true, force: true });
});

/** Resolves when the agent says that it samples so many times more slowly, and why. */
function tuned(factor: number): Promise<LogLine> {
  return new Promise((resolve) => {
    const off = collector.on("log", (line) => {
      if (!line.message?.includes(`"tuned":{"factor":${factor},`)) return;
      off();
      resolve(line);
    });
  });
}

const status = () => collector.status().agents.find(({ label }) => label === "burner");

test.skipIf(process.platform !== "linux")(
  "an SDK agent that burns CPU samples ever more slowly as the collector asks, says so in the diagnostics, and has its own pace back when it behaves",
  { timeout: 60_000 },
  async () => {
    const behave = join(dataDir, "behave");
    collector = await createCollector({
      dataDir,
      clock: fastClock,
      control: false,
      allow: [burner],
      plugins: {
        burner: {
          executable: process.execPath,
          args: [burner, behave],
          heartbeat_interval_s: 0.5,
          cpu_budget_percent: 0.3,
        },
      },
    });
    collector.on("log", (line) => lines.push(line));
    const [twice, fourTimes] = [tuned(2), tuned(4)];
    await collector.start();
    const slower = await twice;
    expect(slower).toMatchObject({ label: "burner", type: "status" });
    expect(slower.message).toContain('"poll_interval_s":0.4,"reason":"cpu-over-budget"');
    expect(status()).toMatchObject({ condition: "throttled", enforced: expect.arrayContaining(["cpu"]) as unknown });
    await fourTimes;
    await expect.poll(() => status()?.health, { timeout: 5_000 }).toBe("overload");

    writeFileSync(behave, "");
    expect((await tuned(1)).message).toContain('"poll_interval_s":0.2,"reason":"cpu-restored"');
    await expect
      .poll(() => status(), { timeout: 5_000 })
      .toMatchObject({ condition: "free", health: "ok", restarts: 0 });
    const codes = lines.flatMap(({ code }) => (code === undefined ? [] : [code]));
    expect(codes).toEqual(expect.arrayContaining(["cpu-over-budget", "cpu-throttled", "cpu-restored"]));
    expect(codes.filter((code) => code === "cpu-over-budget")).toHaveLength(1);
  },
);
