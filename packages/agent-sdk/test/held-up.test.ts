// Whatever holds an agent up from outside: a collector that pauses, a stopped process, a sleeping machine, a wrong clock.
import { expect, test } from "vitest";
import { defineAgent } from "../src/index.ts";
import { fakeCollector } from "../src/testing/index.ts";

async function connected(more: { sampleEverySeconds?: number } = {}) {
  const collector = fakeCollector({ ack: { cpu_budget_percent: 1 } });
  const looks: number[] = [];
  await collector.connect(
    defineAgent({
      id: "acme.held-up",
      version: "1.0.0",
      ...more,
      sample: ({ count }) => {
        looks.push(collector.clock.ticksMs());
        return count("looks");
      },
      summarize: ({ counts }) => ({ data: counts, activity: "worked" }),
    }),
  );
  return { collector, looks };
}

const stamps = (beats: readonly { timestamp: string }[]) => beats.map(({ timestamp }) => timestamp.slice(11, 19));

test("while nobody reads, heartbeats go on in time and overwrite one another: what is read first is the newest", async () => {
  const { collector, looks } = await connected();
  await collector.advance(10_000);
  collector.host.isReading = false;
  await collector.advance(5000);
  // The first write hangs with the beat of 00:00:15; all that come after it share one place.
  await collector.advance(120_000);
  expect(stamps(collector.all("heartbeat"))).toEqual(["00:00:05", "00:00:10"]);
  expect(looks).toHaveLength(28);
  collector.host.isReading = true;
  await collector.advance(0);
  const beats = collector.all("heartbeat").slice(2);
  expect(stamps(beats)).toEqual(["00:00:15", "00:02:15"]);
  expect(beats.at(-1)).toMatchObject({ metrics: { samples: 27 } });
  await collector.advance(5000);
  expect(stamps(collector.all("heartbeat").slice(4))).toEqual(["00:02:20"]);
});

test("a collector that pauses for an hour gets every window it asked for, each seq once, and an agent at its full pace", async () => {
  const { collector, looks } = await connected();
  collector.host.isReading = false;
  for (let minute = 0; minute < 60; minute++) {
    await collector.advance(60_000);
    await collector.send({ cmd: "flush", id: `m${minute}` });
  }
  collector.host.isReading = true;
  await collector.advance(600_000);
  await collector.flush();
  const summaries = collector.all("summary");
  expect(summaries.map(({ seq }) => seq)).toEqual(summaries.map((_, index) => index + 1));
  expect(summaries.reduce((sum, { data }) => sum + Number(data["looks"]), 0)).toBe(looks.length);
  expect(new Set(collector.all("ack").map(({ id }) => id)).size).toBe(collector.all("ack").length);
  await collector.send({ cmd: "status" });
  expect(collector.all("status").at(-1)).toMatchObject({ health: "ok", details: { poll_interval_s: 5 } });
});

test("a stopped process goes on where it was: one late beat, one sample, no pace changed, no timer doubled", async () => {
  const { collector, looks } = await connected();
  await collector.advance(180_000);
  const { pending } = collector.clock;
  const told = collector.all("status").length;
  const looked = looks.length;
  collector.clock.stall(600_000);
  await collector.advance(0);
  expect(looks.length - looked).toBe(1);
  const late = collector.all("heartbeat").at(-1)?.metrics as { latency_ms: number };
  expect(late.latency_ms).toBe(595_000);
  await collector.advance(120_000);
  expect(looks.length - looked).toBe(25);
  expect(collector.all("heartbeat").at(-1)).toMatchObject({ metrics: { latency_ms: 0 } });
  expect(collector.all("status")).toHaveLength(told);
  expect(collector.clock.pending).toBe(pending);
});

test("a clock step, either way, moves no timer and no figure: only stamps show it", async () => {
  for (const byMs of [-86_400_000, 7_200_000]) {
    const { collector, looks } = await connected();
    await collector.advance(100_000);
    await collector.flush();
    const before = looks.length;
    await collector.advance(5000);
    collector.clock.jumpWall(byMs);
    await collector.advance(25_000);
    expect(looks.length - before).toBe(6);
    const beats = collector.all("heartbeat").slice(-6);
    expect(beats.map(({ metrics }) => (metrics as { latency_ms: number }).latency_ms)).toEqual([0, 0, 0, 0, 0, 0]);
    const summary = await collector.flush();
    expect(summary.metrics).toMatchObject({ samples: 6, interval_s: 25 });
    expect(collector.all("status")).toHaveLength(1);
  }
});

test("the length of an idle window is what passed, whatever the clock was set to", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({ id: "acme.idle", version: "1.0.0", summarize: () => ({ data: {}, activity: "idle" }) }),
  );
  await collector.advance(60_000);
  collector.clock.jumpWall(-3_600_000);
  expect((await collector.flush()).metrics).toMatchObject({ interval_s: 60 });
  await collector.advance(60_000);
  collector.clock.jumpWall(86_400_000);
  expect((await collector.flush()).metrics).toMatchObject({ interval_s: 60 });
});

test("after the machine slept, the agent beats and samples at its old pace", async () => {
  const { collector, looks } = await connected();
  await collector.advance(60_000);
  collector.clock.suspend(28_800_000);
  await collector.advance(60_000);
  expect(looks).toHaveLength(25);
  expect(collector.all("heartbeat")).toHaveLength(24);
  expect(collector.all("status")).toHaveLength(1);
});
