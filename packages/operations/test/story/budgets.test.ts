import type { ManualClock } from "@mimolo/agent-sdk/testing";
import type { AgentStatus, LogLine } from "@mimolo/protocol";
import type { GroupUsage, Meter } from "@mimolo/supervisor";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector } from "../../src/index.ts";
import { endScene, scene } from "./played-collector.ts";
import type { ScriptedAgent } from "./scripted-agent.ts";

/** A meter that the test turns: every process uses so much of a core, and so much memory. */
class FakeMeter implements Meter {
  cpuPercent = 0.01;
  memoryMib = 20;
  readonly #clock: ManualClock;
  #lastMs: number;
  #cpuMs = 0;

  constructor(clock: ManualClock) {
    this.#clock = clock;
    this.#lastMs = clock.ticksMs();
  }

  sweep(leaders: readonly number[]): Promise<ReadonlyMap<number, GroupUsage>> {
    const nowMs = this.#clock.ticksMs();
    this.#cpuMs += ((nowMs - this.#lastMs) * this.cpuPercent) / 100;
    this.#lastMs = nowMs;
    const usage = {
      cpuMs: this.#cpuMs,
      memoryMib: this.memoryMib,
      memoryKind: "pss" as const,
      processes: 1,
      ioBytes: null,
    };
    return Promise.resolve(new Map(leaders.map((pid) => [pid, { ...usage, pids: [pid] }])));
  }

  close(): void {}
}

let dataDir = "";
let clock: ManualClock;
let agent: ScriptedAgent;
let meter: FakeMeter;
let collector: Collector;
let lines: LogLine[] = [];
let priorities: string[] = [];

beforeEach(() => {
  ({ dataDir, clock, agent } = scene());
  agent.features = ["summary", "throttle"];
  meter = new FakeMeter(clock);
  lines = [];
  priorities = [];
});
afterEach(() => endScene(collector, clock, dataDir));

async function begin(budgets: Record<string, { cpu_budget_percent?: number; memory_mib?: number }> = { played: {} }) {
  const plugins = Object.entries(budgets).map(([label, own]) => [label, { executable: process.execPath, ...own }]);
  collector = await createCollector({
    dataDir,
    clock,
    meter,
    spawn: agent.spawn,
    priority: {
      lower: (pids) => priorities.push(`lowered ${pids.length}`) > 0,
      restore: (pids) => priorities.push(`restored ${pids.length}`) > 0,
    },
    control: false,
    allow: [process.execPath],
    plugins: Object.fromEntries(plugins),
  });
  collector.on("log", (line) => lines.push(line));
  await collector.start();
}

async function seconds(count: number): Promise<void> {
  for (let second = 0; second < count; second += 5) {
    clock.advance(5_000);
    await collector.committed();
  }
}

const played = (): AgentStatus => collector.status().agents[0] as AgentStatus;
const codes = () => lines.flatMap(({ code }) => (code === undefined ? [] : [code]));
const line = (code: string) => lines.findLast((each) => each.code === code);

test("each row of the policy is said at the start, at its level, under the agent's label", async () => {
  await begin({
    plain: {},
    small: { cpu_budget_percent: 0.05 },
    large: { cpu_budget_percent: 2 },
    huge: { cpu_budget_percent: 50 },
  });
  const said = lines.filter(({ code }) => code === "cpu-budget");
  expect(said.map(({ label, level, type, message }) => [label, level, type, message])).toEqual([
    ["plain", "info", "collector", "cpu budget 0.1 % of a core: the default (main_system_max_cpu_per_plugin = 0.1)"],
    [
      "small",
      "info",
      "collector",
      "cpu budget 0.05 % of a core: cpu_budget_percent = 0.05 is within the default (main_system_max_cpu_per_plugin = 0.1)",
    ],
    [
      "large",
      "warning",
      "collector",
      "cpu budget 2 % of a core: cpu_budget_percent = 2 is above the default (main_system_max_cpu_per_plugin = 0.1)",
    ],
    [
      "huge",
      "warning",
      "collector",
      "cpu budget 10 % of a core: cpu_budget_percent = 50 is above max_plugin_cpu_percent = 10 and clamped to it",
    ],
  ]);
  expect(said.every(({ instance_id }) => instance_id !== null)).toBe(true);
  expect(collector.status().agents.map((each) => each.cpu_budget_percent)).toEqual([0.1, 0.05, 2, 10]);
  expect(collector.status().collector.budget).toEqual({
    sum: 12.15,
    scale: 1,
    reasons: ["huge wants 50 %, max_plugin_cpu_percent allows 10 %"],
    ops: 5,
    total: 20,
  });
});

test("an overfull envelope is scaled: in the status, in the agents' budgets and in one line of the collector", async () => {
  await begin({ a: { cpu_budget_percent: 10 }, b: { cpu_budget_percent: 10 }, c: { cpu_budget_percent: 5 } });
  const { budget } = collector.status().collector;
  expect(budget).toMatchObject({ sum: 15, scale: 0.6, ops: 5, total: 20 });
  expect(collector.status().agents.map((each) => each.cpu_budget_percent)).toEqual([6, 6, 3]);
  expect(line("cpu-envelope")).toMatchObject({ label: null, level: "warning", message: budget.reasons[0] });
});

test("nothing is known before the first reading, then cost and memory are in the status", async () => {
  meter.cpuPercent = 0.08;
  await begin();
  expect(played()).toMatchObject({ cpu_percent: null, memory_mib: null });
  await seconds(90);
  expect(played()).toMatchObject({ cpu_percent: 0.08, memory_mib: 20, health: "ok", condition: "free" });
  expect(codes()).toEqual(["cpu-budget"]);
});

test("over budget: warned once, asked to slow down ever more, overloaded at four times, restored when it behaves", async () => {
  await begin();
  meter.cpuPercent = 1;
  await seconds(60);
  expect(codes()).toEqual(["cpu-budget"]);
  await seconds(15);
  expect(agent.throttled).toEqual([2]);
  expect(played()).toMatchObject({ condition: "throttled", health: "ok" });
  expect(line("cpu-over-budget")).toMatchObject({ label: "played", level: "warning" });
  expect(line("cpu-over-budget")?.message).toMatch(
    /^\d.* % of a core over the last minute, its budget is 0.1 %: it is asked to sample 2 times more slowly, its priority is lowered \(cpu_budget_percent\)$/,
  );
  expect(played().reason).toBe(line("cpu-over-budget")?.message);
  await seconds(60);
  expect(agent.throttled).toEqual([2, 4]);
  expect(played()).toMatchObject({ condition: "throttled", health: "overload" });
  expect(played().reason).toBe(`${line("overload")?.message}; ${line("cpu-throttled")?.message}`);
  meter.cpuPercent = 0.01;
  await seconds(70);
  expect(agent.throttled).toEqual([2, 4, 1]);
  expect(played()).toMatchObject({ condition: "free", health: "ok", restarts: 0 });
  expect(played()).not.toHaveProperty("reason");
  expect(codes().filter((code) => code.startsWith("cpu"))).toEqual([
    "cpu-budget",
    "cpu-over-budget",
    "cpu-throttled",
    "cpu-restored",
  ]);
  expect(priorities).toEqual(["lowered 1", "lowered 1", "restored 1"]);
});

test("what its first look costs is not held against its budget, and a hair above it has digits that show it", async () => {
  await begin();
  meter.cpuPercent = 5;
  await seconds(30);
  meter.cpuPercent = 0.09;
  await seconds(120);
  expect(codes()).toEqual(["cpu-budget"]);
  meter.cpuPercent = 0.100_04;
  await seconds(60);
  expect(line("cpu-over-budget")?.message).toMatch(
    /^0\.1000\d+ % of a core over the last minute, its budget is 0\.1 %/,
  );
});

test("an agent that does not understand throttle only gets the warning and a lower priority", async () => {
  agent.features = ["summary"];
  await begin();
  meter.cpuPercent = 1;
  await seconds(75);
  expect(agent.heard).not.toContain("throttle");
  expect(line("cpu-over-budget")?.message).toContain("it does not understand throttle, its priority is lowered");
  expect(priorities).toEqual(["lowered 1"]);
});

test("over the hard limit it is restarted, a second time quarantined, and forgiven when a person restarts it", async () => {
  await begin();
  meter.cpuPercent = 90;
  await seconds(25);
  expect(line("cpu-hard-limit")).toMatchObject({ level: "warning" });
  expect(line("cpu-hard-limit")?.message).toMatch(/^restarted: \d+ % of a core for 15 s, the limit is 25 %/);
  await seconds(40);
  expect(played()).toMatchObject({ state: "quarantined", counters: { restarts: { "cpu-hard-limit": 1 } } });
  expect(line("limit-quarantined")).toMatchObject({ level: "error", label: "played" });
  meter.cpuPercent = 0.01;
  await collector.control("played", "restart");
  await seconds(90);
  expect(played()).toMatchObject({ state: "running", health: "ok", condition: "free" });
  meter.cpuPercent = 90;
  await seconds(20);
  expect(line("cpu-hard-limit")?.message).toMatch(/^restarted/);
});

test("a leak over its memory limit is restarted, then quarantined", async () => {
  await begin({ played: { memory_mib: 64 } });
  meter.memoryMib = 200;
  await seconds(25);
  expect(line("memory-limit")?.message).toBe("restarted: 200 MiB, the limit is 64 MiB in 3 of 5 samples (memory_mib)");
  await seconds(40);
  expect(played()).toMatchObject({ state: "quarantined", counters: { restarts: { "memory-limit": 1 } } });
});

test("a peak of memory is nobody's end", async () => {
  await begin({ played: { memory_mib: 64 } });
  await seconds(20);
  meter.memoryMib = 200;
  await seconds(10);
  meter.memoryMib = 20;
  await seconds(60);
  expect(played()).toMatchObject({ state: "running", restarts: 0 });
});

test("a declared burst is let be and logged; the next one so soon is refused", async () => {
  await begin();
  await seconds(10);
  agent.say({ type: "status", health: "ok", details: { mode: "intensive" } });
  meter.cpuPercent = 95;
  await seconds(200);
  expect(played()).toMatchObject({ state: "running", condition: "free", restarts: 0 });
  meter.cpuPercent = 0.01;
  agent.say({ type: "status", mode: "normal" });
  await seconds(120);
  agent.say({ type: "status", mode: "intensive" });
  await seconds(5);
  expect(codes().filter((code) => code !== "cpu-budget")).toEqual([
    "intensive-begun",
    "intensive-ended",
    "intensive-refused",
  ]);
});

test("slow flushes and long queues make a slowpoke, errors a degraded agent; each recovers", async () => {
  await begin();
  agent.flushTakesMs = 4_000;
  await seconds(70);
  expect(played().health).toBe("slowpoke");
  expect(line("slowpoke")?.message).toContain("slowpoke_flush_latency_s = 2");
  agent.flushTakesMs = 0;
  await seconds(70);
  expect(played().health).toBe("ok");
  agent.say({ type: "heartbeat", metrics: { queue: 2_000 } });
  await seconds(5);
  expect(played().health).toBe("slowpoke");
  agent.say({ type: "heartbeat", metrics: { queue: 3 } });
  agent.say({ type: "error", message: "cannot read" });
  agent.say({ type: "nonsense-without-end", data: {} });
  agent.say({ type: "error", message: "cannot read" });
  await seconds(5);
  expect(played()).toMatchObject({
    health: "degraded",
    reason: "2 errors or refused lines in a minute (degraded_errors_per_min = 1); the last: cannot read",
  });
  await seconds(65);
  expect(played().health).toBe("ok");
  expect(played()).not.toHaveProperty("reason");
});

test("why it is degraded by its own word is in its status while it is, and said once", async () => {
  await begin();
  await seconds(10);
  const words = "git is not installed";
  agent.say({ type: "status", health: "degraded", message: words });
  expect(played()).toMatchObject({ health: "degraded", reason: words });
  expect(line("degraded")).toMatchObject({ type: "collector", level: "warning", label: "played", message: words });
  agent.say({ type: "status", health: "ok" });
  expect(played()).not.toHaveProperty("reason");
  agent.say({ type: "status", health: "degraded", message: words });
  expect(codes().filter((code) => code === "degraded")).toHaveLength(1);
  agent.say({ type: "status", health: "ok" });
  agent.say({ type: "status", health: "degraded" });
  expect(played().reason).toBe("it says so itself, and not why");
});

test("why it is degraded by its silence is in its status until it is heard again", async () => {
  await begin();
  await seconds(10);
  agent.deaf = true;
  await seconds(20);
  const silent = "nothing was heard of it for two heartbeat intervals (heartbeat_interval_s)";
  expect(played()).toMatchObject({ health: "degraded", reason: silent });
  expect(line("degraded")?.message).toBe(silent);
  agent.deaf = false;
  await seconds(10);
  expect(played()).toMatchObject({ health: "ok" });
  expect(played()).not.toHaveProperty("reason");
});

test("the agent's own word of overload stands beside ours", async () => {
  await begin();
  await seconds(10);
  agent.say({ type: "status", health: "overload" });
  await seconds(20);
  expect(played().health).toBe("overload");
  agent.say({ type: "status", health: "healthy" });
  await seconds(5);
  expect(played().health).toBe("ok");
});

test("who overloaded by its own word is asked to try again after five minutes, and after ten when that was too soon", async () => {
  await begin();
  await seconds(10);
  agent.say({ type: "status", health: "overload" });
  await seconds(290);
  expect(agent.throttled).toEqual([]);
  await seconds(20);
  expect(agent.throttled).toEqual([1]);
  expect(line("overload-retry")?.message).toContain("for 5 min: asked to go back to its own pace");
  agent.say({ type: "status", health: "ok", tuned: { factor: 1, reason: "overload-retry" } });
  await seconds(30);
  expect(played().health).toBe("ok");

  agent.say({ type: "status", health: "overload" });
  await seconds(590);
  expect(agent.throttled).toEqual([1]);
  await seconds(20);
  expect(agent.throttled).toEqual([1, 1]);
  expect(codes().filter((code) => code === "overload-retry")).toHaveLength(2);
  expect(played().health).toBe("overload");
});

test("who overloaded and does not understand throttle is left alone", async () => {
  agent.features = ["summary"];
  await begin();
  await seconds(10);
  agent.say({ type: "status", health: "overload" });
  await seconds(1_000);
  expect(agent.heard).not.toContain("throttle");
  expect(codes()).not.toContain("overload-retry");
});
