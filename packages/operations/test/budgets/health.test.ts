import { expect, test } from "vitest";
import { ErrorRate } from "../../src/budgets/error-rate.ts";
import { flushAsked, latencyAt, noFlushYet, summaryCame } from "../../src/budgets/flush-latency.ts";
import { HEALTH_RULES, type Vitals } from "../../src/budgets/health.ts";

const limits = { flushLatencyMs: 2_000, queue: 1_000, errorsPerMinute: 1, throttleFactor: 4 };
const well: Vitals = { flushLatencyMs: 2_000, queue: 1_000, errorsPerMinute: 1, throttleFactor: 2 };

const healthOf = (vitals: Partial<Vitals>) =>
  HEALTH_RULES.filter((rule) => rule.holds({ ...well, ...vitals }, limits)).map(
    ({ from, health }) => `${from}: ${health}`,
  );

test("at its thresholds an agent is well, beyond each it is not", () => {
  expect(healthOf({})).toEqual([]);
  expect(healthOf({ flushLatencyMs: null, queue: null })).toEqual([]);
  expect(healthOf({ flushLatencyMs: 2_001 })).toEqual(["flush-latency: slowpoke"]);
  expect(healthOf({ queue: 1_001 })).toEqual(["queue: slowpoke"]);
  expect(healthOf({ errorsPerMinute: 2 })).toEqual(["errors: degraded"]);
  expect(healthOf({ throttleFactor: 4 })).toEqual(["throttle: overload"]);
});

test("a reason names its numbers and its key", () => {
  const [latency] = HEALTH_RULES;
  expect(latency?.because({ ...well, flushLatencyMs: 3_250 }, limits)).toBe(
    "a flush takes 3.3 s (slowpoke_flush_latency_s = 2)",
  );
});

test("errors count for a minute, however many there are", () => {
  const rate = new ErrorRate();
  for (let count = 0; count < 10_000; count++) rate.count(7_000);
  rate.count(40_000);
  expect(rate.perMinute(59_000)).toBe(10_001);
  expect(rate.perMinute(66_000)).toBe(1);
  expect(rate.perMinute(600_000)).toBe(0);
});

test("flush latency is from the first unanswered flush to the summary, less what we kept it waiting", () => {
  const asked = flushAsked(flushAsked(noFlushYet, 1_000, 0), 2_000, 0);
  expect(latencyAt(noFlushYet, 5_000, 0)).toBeNull();
  expect(latencyAt(asked, 4_500, 0)).toBe(3_500);
  const answered = summaryCame(asked, 5_000, 1_500);
  expect(latencyAt(answered, 90_000, 1_500)).toBe(2_500);
  expect(summaryCame(answered, 95_000, 1_500)).toBe(answered);
  expect(latencyAt(flushAsked(answered, 100_000, 1_500), 100_100, 1_500)).toBe(2_500);
});
