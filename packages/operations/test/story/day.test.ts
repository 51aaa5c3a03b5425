import type { ManualClock } from "@mimolo/agent-sdk/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { openArchive } from "../../src/index.ts";
import { endScene, playedCollector, scene } from "./played-collector.ts";
import type { ScriptedAgent } from "./scripted-agent.ts";

let dataDir = "";
let clock: ManualClock;
let agent: ScriptedAgent;
let collector: Collector;
const closed: { duration_s: number; labels: string[] }[] = [];

beforeEach(async () => {
  const played = scene();
  ({ dataDir, clock, agent } = played);
  collector = await playedCollector(played);
  closed.length = 0;
  collector.on("segment:closed", (segment) => closed.push(segment));
  await collector.start();
});
afterEach(() => endScene(collector, clock, dataDir));

/** Moves the clock, then lets the disk catch up: a real disk knows nothing of the test's time. */
async function turnOf(ms: number): Promise<void> {
  clock.advance(ms);
  await collector.committed();
}

async function minutes(count: number, working: boolean): Promise<void> {
  for (let second = 0; second < count * 60; second += 5) {
    if (working) agent.worked = true;
    await turnOf(5_000);
  }
}

test("an hour of work, an hour of rest: one closed segment, and the rest is not work", async () => {
  await minutes(60, true);
  expect(collector.timeline().open).toMatchObject({ labels: ["played"], reasons: ["played"] });
  await minutes(60, false);
  expect(collector.timeline().open).toBeNull();
  expect(closed).toHaveLength(1);
  expect(closed[0]?.duration_s).toBeGreaterThan(58 * 60);
  expect(closed[0]?.duration_s).toBeLessThan(61 * 60);
});

test("an idle agent is asked ever more rarely, and at once again when changes wait", async () => {
  await minutes(60, false);
  const asked = agent.heard.filter((command) => command === "flush").length;
  expect(asked).toBeGreaterThan(5);
  expect(asked).toBeLessThan(15);
  agent.worked = true;
  await turnOf(5_000);
  expect(agent.heard.filter((command) => command === "flush").length).toBe(asked + 1);
});

test("an agent that hangs is asked, restarted, and works again", async () => {
  await minutes(1, true);
  agent.deaf = true;
  await minutes(1, false);
  expect(agent.starts).toBeGreaterThanOrEqual(1);
  agent.deaf = false;
  await minutes(2, false);
  expect(agent.starts).toBeGreaterThanOrEqual(2);
  expect(collector.status().agents[0]).toMatchObject({ state: "running", health: "ok" });
});

test("the files alone tell the same timeline as the living collector", async () => {
  await minutes(20, true);
  await minutes(15, false);
  await minutes(5, true);
  const live = collector.timeline();
  const replayed = await openArchive(dataDir).timeline({ nowMs: clock.wallMs() });
  expect(replayed).toEqual(live);
  expect(live.segments).toHaveLength(1);
});
