import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ManualClock, manualClock } from "@mimolo/agent-sdk/testing";
import type { LogLine } from "@mimolo/protocol";
import type { Spawn } from "@mimolo/supervisor";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { type AgentConfig, createCollector, defaultConfig, type LoadedConfig } from "../../src/index.ts";
import { configuredAgent } from "../../src/config/loaded-config.ts";
import { readEvidence } from "@mimolo/evidence";
import { ScriptedAgent } from "./scripted-agent.ts";

let dataDir = "";
let clock: ManualClock;
let collector: Collector;
const said: LogLine[] = [];

/** An agent of this test; its `play` says how its process behaves. */
function agentOf(play: "well" | "dies" | "silent", more: Record<string, unknown> = {}): AgentConfig {
  const from = { file: "/x/mimolo.toml", folder: dataDir };
  return configuredAgent({ executable: process.execPath, args: [play], ...more }, from);
}

function configOf(plugins: Record<string, AgentConfig>, monitor: Partial<LoadedConfig["monitor"]> = {}): LoadedConfig {
  const config = defaultConfig();
  return { ...config, plugins, monitor: { ...config.monitor, ...monitor } };
}

/** Processes as they are configured to behave; pids are counted on. */
function playedProcesses(): Spawn {
  let pids = 4_000_000;
  return (request, events) => {
    const pid = pids++;
    const heard = request.args[0] === "well" ? events : { ...events, stdout: () => undefined };
    const child = new ScriptedAgent(clock).spawn(request, heard);
    if (request.args[0] === "dies") clock.after(5, () => child?.signalGroup("SIGKILL"), new AbortController().signal);
    return child && { ...child, pid };
  };
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-reload-"));
  clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 8) });
  collector = await createCollector({
    dataDir,
    clock,
    spawn: playedProcesses(),
    control: false,
    allow: [process.execPath],
    config: configOf({ steady: agentOf("well"), other: agentOf("well") }),
  });
  said.length = 0;
  collector.on("log", (line) => said.push(line));
  await collector.start();
  await turn(() => states()["steady"] === "running" && states()["other"] === "running");
});
afterEach(async () => {
  const life = { stopped: false };
  void collector.stop().then(() => (life.stopped = true));
  await turn(() => life.stopped);
  rmSync(dataDir, { recursive: true, force: true });
});

/** Lets the clock run until something is so. */
async function turn(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function reload(config: LoadedConfig) {
  const held: { report?: Awaited<ReturnType<Collector["reload"]>> } = {};
  void collector.reload(config).then((report) => (held.report = report));
  await turn(() => held.report !== undefined);
  return held.report;
}

const agents = () => Object.fromEntries(collector.status().agents.map((agent) => [agent.label, agent]));
const states = () => Object.fromEntries(collector.status().agents.map(({ label, state }) => [label, state]));
const codes = () => said.flatMap(({ code }) => (code?.startsWith("config-") === true ? [code] : []));

async function policies() {
  await collector.committed();
  const records = [];
  for await (const { record } of readEvidence(join(dataDir, "evidence"))) {
    if (record.kind === "policy") records.push(record.data);
  }
  return records;
}

test("only what changed is touched: the same process goes on, the changed one is a new one", async () => {
  const before = agents();
  const report = await reload(
    configOf({ steady: agentOf("well"), other: agentOf("well", { unit: "mails" }), third: agentOf("well") }),
  );
  expect(report).toMatchObject({
    outcome: "reloaded",
    message: "added third; changed other (unit)",
    diff: { added: ["third"], unchanged: ["steady"] },
  });
  const after = agents();
  expect(after["steady"]?.pid).toBe(before["steady"]?.pid);
  expect(after["other"]?.pid).not.toBe(before["other"]?.pid);
  expect(after["other"]?.instance_id).toBe(before["other"]?.instance_id);
  expect(states()).toEqual({ steady: "running", other: "running", third: "running" });
  expect(codes()).toEqual(["config-reloaded"]);
});

test("intervals, budgets and the collector's own live keys need no new process", async () => {
  const before = agents();
  const agent = agentOf("well", { agent_flush_interval_s: 5, cpu_budget_percent: 3 });
  const report = await reload(
    configOf({ steady: agent, other: agentOf("well") }, { cooldown_seconds: 90, startup_timeout_s: 12 }),
  );
  expect(report?.message).toBe(
    "changed steady (agent_flush_interval_s, cpu_budget_percent), monitor.cooldown_seconds; takes effect at the next start: monitor.startup_timeout_s",
  );
  expect(agents()["steady"]?.pid).toBe(before["steady"]?.pid);
  expect(agents()["steady"]?.cpu_budget_percent).toBe(3);
  expect((await policies()).map(({ cooldown_seconds }) => cooldown_seconds)).toEqual([600, 90]);
});

test("a removed agent comes back with the id it had", async () => {
  const { other } = agents();
  await reload(configOf({ steady: agentOf("well") }));
  expect(Object.keys(states())).toEqual(["steady"]);
  await reload(configOf({ steady: agentOf("well"), other: agentOf("well") }));
  expect(agents()["other"]?.instance_id).toBe(other?.instance_id);
});

test.each(["dies", "silent"] as const)("an agent that %s takes the whole reload back", async (play) => {
  const before = agents();
  const report = await reload(
    configOf({ steady: agentOf("well"), other: agentOf(play), third: agentOf("well") }, { cooldown_seconds: 90 }),
  );
  expect(report).toMatchObject({ outcome: "rolled-back", reasons: [/^other did not come up/] });
  await turn(() => states()["other"] === "running");
  expect(Object.keys(states()).toSorted()).toEqual(["other", "steady"]);
  expect(agents()["steady"]?.pid).toBe(before["steady"]?.pid);
  expect(agents()["other"]?.instance_id).toBe(before["other"]?.instance_id);
  expect(codes()).toEqual(["config-rolled-back"]);
  expect(collector.config.monitor.cooldown_seconds).toBe(600);
  expect((await policies()).map(({ cooldown_seconds }) => cooldown_seconds)).toEqual([600, 90, 600]);
});

test("another plugin under a label is another instance, and a way back finds the old id", async () => {
  const before = agents();
  const report = await reload(configOf({ steady: agentOf("well"), other: agentOf("dies", { plugin: "acme.other" }) }));
  expect(report?.outcome).toBe("rolled-back");
  expect(agents()["other"]?.instance_id).toBe(before["other"]?.instance_id);
  const kept = JSON.parse(readFileSync(join(dataDir, "state", "instances.json"), "utf8")) as Record<string, object>;
  expect(kept["other"]).toMatchObject({ plugin_id: "local.other", instance_id: before["other"]?.instance_id });
});

test("a script that nobody allowed is blocked, which is no failed reload", async () => {
  const from = { file: "/x/mimolo.toml", folder: dataDir };
  const stranger = configuredAgent({ executable: "/bin/sh" }, from);
  const report = await reload(configOf({ steady: agentOf("well"), other: agentOf("well"), stranger }));
  expect(report).toMatchObject({ outcome: "reloaded", blocked: [{ label: "stranger" }] });
  expect(states()["stranger"]).toBe("blocked");
  expect(said.some(({ code }) => code === "agent-blocked")).toBe(true);
});

test("an executable that is not there changes nothing", async () => {
  const before = agents();
  const missing = configuredAgent({ executable: "./nowhere" }, { file: "/x/mimolo.toml", folder: dataDir, line: 7 });
  const report = await reload(configOf({ steady: missing, other: agentOf("well") }));
  expect(report?.outcome).toBe("rolled-back");
  expect(report?.message).toContain("/x/mimolo.toml:7: executable of [plugins.steady]");
  expect(agents()["steady"]?.pid).toBe(before["steady"]?.pid);
});

test("reloads asked for at once are done one after the other", async () => {
  const reports = Promise.all([
    collector.reload(configOf({ steady: agentOf("well"), other: agentOf("well", { round: 1 }) })),
    collector.reload(configOf({ steady: agentOf("well"), other: agentOf("well", { round: 2 }) })),
  ]);
  const held = { done: false };
  void reports.then(() => (held.done = true));
  await turn(() => held.done);
  expect((await reports).map(({ message }) => message)).toEqual(["changed other (round)", "changed other (round)"]);
  expect(collector.status().agents).toHaveLength(2);
});
