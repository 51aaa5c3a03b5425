import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogLine, Segment } from "@mimolo/protocol";
import { afterEach, expect, test, vi } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector, defaultConfig, openArchive } from "../../src/index.ts";

vi.setConfig({ testTimeout: 90_000 });

const monitor = fileURLToPath(new URL("../fixtures/agents/looks-as-told.mjs", import.meta.url));
const CONDUCTS = ["briefly", "well", "throws", "rejects", "hangs", "hangs-once", "blocks-once"];

const dataDir = mkdtempSync(join(tmpdir(), "mimolo-monitors-"));
const lines: LogLine[] = [];
let collector: Collector | null = null;
afterEach(async () => {
  await collector?.stop({ hurry: true });
  rmSync(dataDir, { recursive: true, force: true });
});

const said = (label: string, fits: (line: LogLine) => boolean) =>
  lines.filter((line) => line.label === label && fits(line));
const failed = ({ code }: LogLine) => code === "emit-failed";
const status = (label: string) => collector?.status().agents.find((agent) => agent.label === label);
/** Waits for it; what was said instead stands in the error. */
const until = (look: () => unknown) =>
  vi.waitFor(
    () => {
      if (!look())
        throw new Error(
          `${String(look)}, but: ${JSON.stringify(lines.map(({ label, code, message }) => [label, code, message]))}`,
        );
    },
    { timeout: 30_000, interval: 50 },
  );

async function eventsOf(agent: string): Promise<number> {
  let count = 0;
  for await (const { record } of openArchive(dataDir).evidence({ agent, kind: "message" })) {
    if (record.kind === "message" && record.message["type"] === "event") count += 1;
  }
  return count;
}

test("monitors that throw, reject, hang or block are reported, backed off and recover; their neighbour never notices", async () => {
  const config = defaultConfig();
  collector = await createCollector({
    dataDir,
    config: { ...config, monitor: { ...config.monitor, agent_heartbeat_timeout_s: 3, cooldown_seconds: 1 } },
    control: false,
    allow: [monitor],
    plugins: Object.fromEntries(
      CONDUCTS.map((conduct) => [
        conduct,
        {
          executable: process.execPath,
          args: [monitor],
          heartbeat_interval_s: 0.5,
          poll_interval_s: 0.2,
          // One alone opens a segment, and soon lets it close.
          resets_cooldown: conduct === "briefly",
          settings: { conduct },
        },
      ]),
    ),
  });
  collector.on("log", (line) => lines.push(line));
  const closed = new Promise<Segment>((resolve) => collector?.on("segment:closed", resolve));
  await collector.start();

  // Reported, at the first failure.
  await until(() => said("throws", failed).length >= 3 && said("rejects", failed).length >= 3);
  expect(said("throws", failed)[0]).toMatchObject({ type: "error", message: expect.stringContaining("sensor lost") });
  expect(said("rejects", failed)[0]).toMatchObject({ message: expect.stringContaining("socket lost") });
  await until(() => said("hangs", failed).length > 0 && said("hangs-once", failed).length > 0);
  expect(said("hangs", failed)[0]).toMatchObject({ message: expect.stringContaining("no answer within 5 s") });

  // Backed off: the pace is one in 0.2 s.
  expect(said("throws", failed).length).toBeLessThan(8);
  expect(status("throws")).toMatchObject({ state: "running", restarts: 0, health: "degraded" });
  expect(status("hangs")).toMatchObject({ state: "running", restarts: 0 });

  // Recovered: by itself within its process, or in a new one.
  await until(() => said("hangs-once", ({ message }) => message?.includes("sampling works again")).length > 0);
  expect(status("hangs-once")).toMatchObject({ state: "running", restarts: 0, health: "ok" });
  await until(() => status("blocks-once")?.restarts === 1 && status("blocks-once")?.health === "ok");

  // Whose hook fails is told so; everybody else's runs.
  const { id } = await closed;
  await until(() => said("well", ({ message }) => message === `hook closed ${id}`).length === 1);
  await until(
    () => said("throws", ({ code, message }) => code === "hook-failed" && message?.includes("hook broke")).length > 0,
  );
  await until(() => said("hangs", ({ code }) => code === "hook-failed").length > 0);

  // Whoever hangs is asked to end in vain for no longer than anybody else.
  const startedMs = Date.now();
  await collector.stop();
  expect(Date.now() - startedMs).toBeLessThan(10_000);
  const hooks = said("well", ({ message }) => message?.startsWith("hook")).map(({ message }) => message);
  expect(hooks[0]).toBe("hook start");
  expect(hooks.at(-1)).toBe("hook stop");
  expect(said("well", ({ type }) => type === "error")).toEqual([]);
  for (const conduct of ["well", "hangs-once", "blocks-once"])
    expect(await eventsOf(conduct), conduct).toBeGreaterThan(0);
  for (const conduct of ["throws", "rejects", "hangs"]) expect(await eventsOf(conduct), conduct).toBe(0);
});
