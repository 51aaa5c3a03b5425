import { expect, test } from "vitest";
import { type AgentOptions, type AgentTools, defineAgent } from "../src/index.ts";
import { fakeCollector } from "../src/testing/index.ts";

const BUDGET = { cpu_budget_percent: 0.5 };

/** An agent each of whose samples costs `cpuMs`, and a collector that watches it. */
function costly(cpuMs: { now: number }, more: Partial<AgentOptions> = {}) {
  const collector = fakeCollector({ ack: BUDGET });
  const agent = defineAgent({
    id: "acme.costly",
    version: "1.0.0",
    sampleEverySeconds: 1,
    sample: ({ count }: AgentTools) => {
      collector.host.usedCpuMs += cpuMs.now;
      count("looks");
    },
    summarize: ({ counts }) => ({ data: counts, activity: "idle" }),
    ...more,
  });
  const tuned = () =>
    collector
      .all("status")
      .flatMap((status) => (status.tuned === undefined ? [] : [status.tuned as { factor: number }]));
  return { collector, agent, tuned };
}

test("an agent over its budget slows down step by step, each step one status, and comes back when it is cheap again", async () => {
  const cost = { now: 20 };
  const { collector, agent, tuned } = costly(cost);
  await collector.connect(agent);
  await collector.advance(180_000);
  // 2 % of a core at full pace: a quarter of it is within half a percent.
  expect(Math.max(...tuned().map(({ factor }) => factor))).toBeGreaterThanOrEqual(4);
  expect(tuned()[0]).toMatchObject({ factor: 2, poll_interval_s: 2, reason: "cpu 2 % of a core, budget 0.5 %" });
  expect(collector.all("status").every(({ health }) => health === "ok")).toBe(true);
  cost.now = 0;
  await collector.advance(600_000);
  expect(tuned().at(-1)).toMatchObject({ factor: 1, poll_interval_s: 1, reason: "recovered" });
  const before = collector.all("status").length;
  await collector.advance(600_000);
  expect(collector.all("status")).toHaveLength(before);
});

test("an agent's own start, a burst, and a figure just within the budget change nothing", async () => {
  const cost = { now: 4 };
  const { collector, agent } = costly(cost);
  collector.host.usedCpuMs = 100;
  await collector.connect(agent);
  await collector.advance(3000);
  collector.host.usedCpuMs += 900;
  await collector.advance(300_000);
  collector.host.usedCpuMs += 50;
  await collector.advance(300_000);
  expect(collector.all("status")).toHaveLength(1);
});

test("no pace is slow enough: overload with its figures, then heartbeats only; status and flush are answered still", async () => {
  const { collector, agent } = costly({ now: 0 });
  await collector.connect(agent);
  const burn = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 5000) {
      collector.host.usedCpuMs += 100;
      await collector.advance(5000);
    }
  };
  await burn(360_000);
  const overload = collector.all("status").filter(({ health }) => health === "overload");
  expect(overload).toMatchObject([
    {
      message: expect.stringMatching(/^cpu 2 % of a core, budget 0.5 %; sampling is off/),
      metrics: { cpu_budget_ok: false, cpu_budget_percent: 0.5 },
      details: { sampling: false, safe_mode: true },
    },
  ]);
  const samples = (collector.all("heartbeat").at(-1)?.metrics as { samples: number } | undefined)?.samples;
  const told = collector.messages.length;
  await burn(60_000);
  expect(collector.messages.slice(told).every(({ type }) => type === "heartbeat")).toBe(true);
  expect(collector.messages.length - told).toBe(12);
  expect(collector.all("heartbeat").at(-1)).toMatchObject({ metrics: { samples } });
  await collector.send({ cmd: "status" });
  expect(collector.messages.at(-1)).toMatchObject({ health: "overload", details: { sampling: false } });
  expect(await collector.flush()).toMatchObject({ data: { looks: samples } });
});

test.each([
  ["throttle with factor 1", { cmd: "throttle", params: { factor: 1, reason: "within the budget" } }],
  ["start", { cmd: "start" }],
] as const)(
  "safe mode ends with %s: one status says so, and sampling goes on at its full pace",
  async (_name, command) => {
    const steps: string[] = [];
    const { collector, agent } = costly(
      { now: 0 },
      { onActivate: () => steps.push("on"), onSuspend: () => steps.push("off") },
    );
    await collector.connect(agent);
    for (let beat = 0; beat < 72; beat++) {
      collector.host.usedCpuMs += 100;
      await collector.advance(5000);
    }
    expect(steps).toEqual(["on", "off"]);
    await collector.advance(60_000);
    const before = collector.all("status").length;
    await collector.send(command);
    expect(collector.all("status").slice(before)).toMatchObject([
      { health: "ok", tuned: { factor: 1, poll_interval_s: 1 }, details: { sampling: true } },
    ]);
    expect(steps).toEqual(["on", "off", "on"]);
    await collector.flush();
    await collector.advance(10_000);
    expect(await collector.flush()).toMatchObject({ data: { looks: 11 } });
  },
);

test("a stop in safe mode is a stop: only start turns sampling on again", async () => {
  const { collector, agent } = costly({ now: 0 });
  await collector.connect(agent);
  for (let beat = 0; beat < 72; beat++) {
    collector.host.usedCpuMs += 100;
    await collector.advance(5000);
  }
  await collector.send({ cmd: "stop" });
  await collector.send({ cmd: "throttle", params: { factor: 1 } });
  expect(collector.messages.at(-1)).toMatchObject({ health: "ok", details: { sampling: false } });
  await collector.send({ cmd: "start" });
  expect(collector.messages.at(-2)).toMatchObject({ health: "ok", details: { sampling: true } });
});

test("of the collector's wish and its own the slower wins; factor 1 takes back both", async () => {
  const cost = { now: 20 };
  const { collector, agent, tuned } = costly(cost);
  await collector.connect(agent);
  await collector.send({ cmd: "throttle", params: { factor: 2, reason: "over budget" } });
  expect(tuned().at(-1)).toEqual({ factor: 2, poll_interval_s: 2, reason: "over budget" });
  await collector.advance(110_000);
  const own = tuned().at(-1)?.factor;
  expect(own).toBeGreaterThan(2);
  await collector.send({ cmd: "throttle", params: { factor: 2 } });
  expect(tuned().at(-1)).toMatchObject({ factor: own });
  cost.now = 0;
  await collector.advance(600_000);
  expect(tuned().at(-1)).toMatchObject({ factor: 2, reason: "recovered" });
  await collector.send({ cmd: "throttle", params: { factor: 1 } });
  expect(tuned().at(-1)).toEqual({ factor: 1, poll_interval_s: 1 });
});

test("a declared burst is not tuned, nor is the minute after it", async () => {
  const cost = { now: 0 };
  let tools: AgentTools | undefined;
  const { collector, agent, tuned } = costly(cost, { onActivate: (given) => (tools = given) });
  await collector.connect(agent);
  await collector.advance(70_000);
  cost.now = 50;
  const end = tools?.context.intensive("rendering");
  await collector.advance(240_000);
  cost.now = 0;
  end?.();
  await collector.advance(120_000);
  expect(tuned()).toEqual([]);
});

test("a faster pace holds at once: nobody waits out the slow one", async () => {
  const { collector, agent } = costly({ now: 0 }, { sampleEverySeconds: 60 });
  await collector.connect(agent);
  await collector.send({ cmd: "throttle", params: { factor: 16 } });
  await collector.advance(90_000);
  await collector.send({ cmd: "throttle", params: { factor: 1 } });
  await collector.advance(0);
  await collector.advance(60_000);
  expect(await collector.flush()).toMatchObject({ data: { looks: 3 } });
});

test("failing samples are no strain: they are told and tried more rarely, as ever", async () => {
  const { collector, agent, tuned } = costly(
    { now: 0 },
    {
      sample: () => {
        throw new Error("disk gone");
      },
    },
  );
  await collector.connect(agent);
  await collector.advance(900_000);
  expect(tuned()).toEqual([]);
  expect(collector.all("status").map(({ health }) => health)).toEqual(["ok", "degraded"]);
});
