import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LogLine } from "@mimolo/protocol";
import { createCollector } from "../../src/index.ts";
import { type Collector } from "../../src/collector.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/agents/${name}.mjs`, import.meta.url));

let dataDir = "";
let collector: Collector | null = null;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-hostile-"));
});
afterEach(async () => {
  await collector?.stop({ hurry: true });
  rmSync(dataDir, { recursive: true, force: true });
});

const cases = [
  { name: "prints-garbage", code: "not-json" },
  { name: "hundred-megabyte-line", code: "line-too-long" },
  { name: "nul-bytes", code: "not-json" },
  { name: "half-a-character", code: "invalid-utf8" },
];

test.each(cases)("$name: the reason is in the diagnostics and the neighbour goes on", async ({ name, code }) => {
  const plugin = (label: string) => ({
    executable: process.execPath,
    args: [fixture(label)],
    heartbeat_interval_s: 0.5,
    agent_flush_interval_s: 0.5,
  });
  collector = await createCollector({
    dataDir,
    plugins: { hostile: plugin(name), neighbour: plugin("reports-work") },
    allow: [fixture(name), fixture("reports-work")],
  });
  const refused = new Promise<LogLine>((resolve) => {
    collector?.on("log", (line) => line.label === "hostile" && line.code === code && resolve(line));
  });
  await collector.start();
  expect(await refused).toMatchObject({ type: "refused", level: "warning", code });
  const next = new Promise((resolve) => collector?.on("segment:extended", resolve));
  await next;
  const neighbour = collector.status().agents.find(({ label }) => label === "neighbour");
  expect(neighbour).toMatchObject({ state: "running", health: "ok", restarts: 0 });
  const hostile = collector.status().agents.find(({ label }) => label === "hostile");
  expect(hostile?.counters.refused[code]).toBeGreaterThan(0);
});

test("an agent that says nothing at all is restarted, with the reason, and the neighbour goes on", async () => {
  const plugin = (label: string) => ({
    executable: process.execPath,
    args: [fixture(label)],
    heartbeat_interval_s: 0.1,
  });
  const { defaultConfig } = await import("../../src/index.ts");
  const config = defaultConfig();
  collector = await createCollector({
    dataDir,
    config: { ...config, monitor: { ...config.monitor, startup_timeout_s: 1 } },
    plugins: { silent: plugin("says-nothing"), neighbour: plugin("reports-work") },
    allow: [fixture("says-nothing"), fixture("reports-work")],
  });
  const restarted = new Promise<{ cause: string }>((resolve) => {
    collector?.on(
      "agent:state",
      (change) => change.label === "silent" && change.state === "stopping" && resolve(change),
    );
  });
  await collector.start();
  expect((await restarted).cause).toContain("startup-timeout");
  expect(collector.status().agents.find(({ label }) => label === "neighbour")).toMatchObject({ restarts: 0 });
});
