import type { ManualClock } from "@mimolo/agent-sdk/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { openArchive } from "../../src/index.ts";
import { endScene, playedCollector, scene } from "./played-collector.ts";
import type { ScriptedAgent } from "./scripted-agent.ts";

// Hours of records, each step committed to a real disk that others may keep busy.
vi.setConfig({ testTimeout: 90_000 });

let dataDir = "";
let clock: ManualClock;
let agent: ScriptedAgent;
let collector: Collector;
const said: string[] = [];

beforeEach(async () => {
  const played = scene();
  ({ dataDir, clock, agent } = played);
  collector = await playedCollector(played);
  said.length = 0;
  collector.on("log", (line) => {
    if (line.type === "collector" && typeof line["code"] === "string") said.push(line["code"]);
  });
  await collector.start();
});
afterEach(() => endScene(collector, clock, dataDir));

async function minutes(count: number, working: boolean): Promise<void> {
  const stepS = working ? 5 : 30;
  for (let second = 0; second < count * 60; second += stepS) {
    if (working) agent.worked = true;
    clock.advance(stepS * 1000);
    await collector.committed();
  }
}

async function recorded(kind: "gap" | "clock_step"): Promise<object[]> {
  const found: object[] = [];
  for await (const { record } of openArchive(dataDir).evidence({ kind })) {
    if ("data" in record) found.push(record.data);
  }
  return found;
}

test("a short sleep inside a segment is a gap in it, never work, and the agent lives on", async () => {
  await minutes(20, true);
  const before = collector.timeline().open;
  clock.suspend(300_000);
  await minutes(20, true);
  const { open, segments } = collector.timeline();
  expect(segments).toEqual([]);
  expect(open?.id).toBe(before?.id);
  expect(open?.gaps).toMatchObject([{ reason: "suspend" }]);
  expect(open?.duration_s).toBeGreaterThan(38 * 60);
  expect(open?.duration_s).toBeLessThan(41 * 60);
  expect(agent.starts).toBe(1);
  expect(collector.status().agents[0]).toMatchObject({ state: "running", health: "ok" });
  expect(said).toContain("suspend");
  expect(await recorded("gap")).toMatchObject([{ reason: "suspend" }]);
  expect(await recorded("clock_step")).toEqual([]);
});

test("a night asleep ends the segment where the work ended", async () => {
  await minutes(20, true);
  clock.suspend(8 * 3_600_000);
  await minutes(20, true);
  const { open, segments } = collector.timeline();
  expect(segments).toHaveLength(1);
  expect(segments[0]?.duration_s).toBeLessThan(21 * 60);
  expect(Date.parse(open?.start ?? "")).toBeGreaterThan(Date.UTC(2026, 10, 21, 16, 19));
  expect(agent.starts).toBe(1);
});

test("a collector that stood still does not restart its agents for it", async () => {
  await minutes(5, true);
  clock.stall(120_000);
  await minutes(5, true);
  expect(agent.starts).toBe(1);
  expect(said).toContain("stall");
  expect(await recorded("gap")).toMatchObject([{ reason: "stall" }]);
});

test("a clock set back by two hours loses no work, and every segment closes once its time is over", async () => {
  await minutes(20, true);
  clock.jumpWall(-7_200_000);
  await minutes(10, true);
  await minutes(150, false);
  expect(await recorded("clock_step")).toMatchObject([{ by_ms: -7_200_000 }]);
  const { open, segments } = collector.timeline();
  expect(open).toBeNull();
  expect(segments.map(({ start }) => start.slice(11, 13)).toSorted()).toEqual(["06", "08"]);
  const workedS = segments.reduce((sum, segment) => sum + segment.duration_s, 0);
  expect(workedS).toBeGreaterThan(28 * 60);
  expect(workedS).toBeLessThan(33 * 60);
  expect(said.filter((code) => code === "clock-step")).toHaveLength(1);
  expect(agent.starts).toBe(1);
});

test("a clock set forward by two hours invents no work", async () => {
  await minutes(20, true);
  clock.jumpWall(7_200_000);
  await minutes(10, true);
  await minutes(15, false);
  const { open, segments } = collector.timeline();
  expect(open).toBeNull();
  expect(await recorded("clock_step")).toMatchObject([{ by_ms: 7_200_000 }]);
  const workedS = segments.reduce((sum, segment) => sum + segment.duration_s, 0);
  expect(workedS).toBeGreaterThan(28 * 60);
  expect(workedS).toBeLessThan(33 * 60);
});

test("an ordinary day leaves neither gap nor clock step", async () => {
  await minutes(60, true);
  await minutes(60, false);
  expect(await recorded("gap")).toEqual([]);
  expect(await recorded("clock_step")).toEqual([]);
});
