import { manualClock } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { BudgetKeeper } from "../../src/budgets/keeper.ts";

const usage = { cpuMs: 0, memoryMib: 20, memoryKind: "pss" as const, processes: 1, ioBytes: null, pids: [1] };
const terms = {
  budgetPercent: 0.1,
  memoryMib: 100,
  flushLatencyMs: 2_000,
  queue: 1_000,
  errorsPerMinute: 1,
  throttleFactor: 4,
};

function keeper() {
  const clock = manualClock();
  const healths: string[] = [];
  const kept = new BudgetKeeper(
    {
      has: () => false,
      send: () => false,
      restart: () => undefined,
      quarantine: () => undefined,
      reportHealth: (health) => healths.push(health),
      setThrottled: () => undefined,
      pausedMs: () => 0,
      say: () => undefined,
    },
    { clock, priority: { lower: () => true, restore: () => true }, terms: () => terms },
  );
  const fails = () => kept.heard({ type: "error", message: "cannot read" });
  const after = (ms: number) => {
    clock.advance(ms);
    kept.metered(usage, clock.ticksMs());
  };
  return { kept, healths, fails, after };
}

test("a process that was started anew is not judged by what the one before said, its last words included", () => {
  const { kept, healths, fails, after } = keeper();
  for (const state of ["starting", "handshaking", "running"] as const) kept.moved(state);
  for (let count = 0; count < 5; count += 1) fails();
  after(5_000);
  expect(healths).toEqual(["degraded"]);
  kept.moved("stopping");
  for (let count = 0; count < 5; count += 1) fails();
  for (const state of ["starting", "handshaking", "running"] as const) kept.moved(state);
  after(5_000);
  expect(healths).toEqual(["degraded"]);
  fails();
  fails();
  after(5_000);
  expect(healths).toEqual(["degraded", "degraded"]);
});
