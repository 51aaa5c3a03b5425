import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PluginReport, PluginStats, TelemetryReport } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Collector, CollectorError, createCollector, openArchive } from "../../src/index.ts";

const agent = fileURLToPath(new URL("../fixtures/agents/answers-calls.mjs", import.meta.url));
const host = fileURLToPath(new URL("hosts/calls-a-plugin.mjs", import.meta.url));
const local = { timeZone: "UTC", dayStart: "00:00" };

let dataDir = "";
let notes = "";
let collector: Collector | null = null;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-telemetry-"));
  notes = join(dataDir, "notes");
});
afterEach(async () => {
  await collector?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function started(): Promise<Collector> {
  const work = { executable: process.execPath, args: [agent, notes], heartbeat_interval_s: 0.5 };
  collector = await createCollector({ dataDir, allow: [agent], plugins: { work } });
  const running = runs(collector);
  await collector.start();
  await running;
  return collector;
}

function runs(of: Collector): Promise<void> {
  return new Promise((resolve) => of.on("agent:state", ({ state }) => state === "running" && resolve()));
}

/** What became of each call, by who made it. */
const tally = { ok: 0, failed: 0, refused: 0 };

async function call(of: Collector, what: string, more: object = {}): Promise<void> {
  try {
    const params = { do: what, ...more };
    await of.plugins.invoke("work", {
      interface: "action",
      method: "execute",
      params,
      timeoutMs: what === "hang" ? 50 : 20_000,
    });
    tally.ok++;
  } catch (error) {
    if (!(error instanceof CollectorError)) throw error;
    if (error.code === "plugin-failed" || error.code === "timed-out") tally.failed++;
    else tally.refused++;
  }
}

/** Thirty at a time; one of five fails, one of a hundred is never answered. */
async function callOften(of: Collector, times: number): Promise<void> {
  const kindOf = (index: number) => (index % 100 === 7 ? "hang" : index % 5 === 0 ? "fail" : "ok");
  let next = 0;
  const one = async () => {
    while (next < times) await call(of, kindOf(next++));
  };
  await Promise.all(Array.from({ length: 30 }, one));
}

function get(path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request({ socketPath: collector?.address ?? "", path: `/api/v1${path}` }, (response) => {
      let text = "";
      response.on("data", (part: Buffer) => (text += part.toString()));
      response.on("end", () => resolve(JSON.parse(text)));
    })
      .on("error", reject)
      .end();
  });
}

test("10,000 mixed calls, a crash, refusals and a restart: the count is the caller's and the plugin's own", async () => {
  const first = await started();
  const begunAt = new Date(Date.now() - 60_000).toISOString();
  await callOften(first, 5_000);
  const again = runs(first);
  await call(first, "die");
  await again;
  await call(first, "ok", { much: "x".repeat(1_100_000) });
  expect(tally.refused).toBe(1);
  await first.stop();

  const second = await started();
  const id = second.status().agents[0]?.plugin_id ?? "";
  await callOften(second, 5_000);
  const executions = tally.ok + tally.failed;
  const expected = { executions, failures: tally.failed, error_rate: tally.failed / executions, health: "ok" };
  const stats = PluginStats.parse(await get(`/plugins/${id}/stats`));
  expect(stats).toMatchObject(expected);
  expect(await second.plugins.stats(id)).toMatchObject(expected);
  expect(executions).toBe(10_001);
  const asked = readFileSync(notes, "utf8");
  expect([asked.length, asked.replaceAll("o", "").length]).toEqual([executions, tally.failed]);
  expect(stats.avg_execution_time_us).toBeGreaterThan(0);
  expect(stats.p95_us).toBeGreaterThan(0);

  const { plugins } = TelemetryReport.parse(await get(`/telemetry?from=${begunAt}`));
  expect(plugins.find(({ plugin_id }) => plugin_id === id)).toMatchObject({ executions, failures: tally.failed });
  const report = PluginReport.parse(await get(`/reports/plugin:${id}?from=${begunAt}&by=hour`));
  expect(report.totals).toMatchObject({ executions, failures: tally.failed, health: "failed" });
  expect(report.totals.duration_s).toBeGreaterThan(0);
  expect(report.rows.reduce((sum, row) => sum + row.executions, 0)).toBe(executions);
  expect(await get("/plugins/acme.nobody/stats")).toMatchObject({ status: 404, code: "unknown-plugin" });
  expect(await get("/reports/plugin:acme.nobody")).toMatchObject({ status: 404, code: "unknown-plugin" });
  expect(await get("/reports/weather")).toMatchObject({ status: 404, code: "not-available" });
  expect(await get(`/telemetry?from=${begunAt}&to=${begunAt}`)).toMatchObject({ code: "invalid-parameter" });

  await second.stop();
  const archive = openArchive(dataDir);
  expect(await archive.pluginStats(id)).toMatchObject({ ...expected, health: "stopped", cpu_percent: null });
  const kept = await archive.pluginReport({ pluginId: id, by: "hour", nowMs: Date.now(), local });
  expect(kept.totals).toMatchObject({ executions, failures: tally.failed });
}, 120_000);

test("a collector that is killed loses its last minute of calls, not what was counted before, and that is said", async () => {
  const first = await started();
  const id = first.status().agents[0]?.plugin_id ?? "";
  for (let each = 0; each < 5; each++) await call(first, "ok");
  await first.stop();
  const killed = spawn(process.execPath, [host, dataDir, agent, notes, "20"], { stdio: ["ignore", "pipe", "inherit"] });
  await once(killed.stdout, "data");
  killed.kill("SIGKILL");
  await once(killed, "exit");
  const second = await started();
  await call(second, "ok");
  const { executions } = await second.plugins.stats(id);
  expect(executions).toBeGreaterThanOrEqual(6);
  expect(executions).toBeLessThanOrEqual(26);
  await second.stop();
  const said: unknown[] = [];
  for await (const { code } of openArchive(dataDir).diagnostics()) if (code === "statistics-cut") said.push(code);
  expect(said).toEqual(["statistics-cut"]);
}, 60_000);
