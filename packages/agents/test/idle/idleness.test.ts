import fc from "fast-check";
import { expect, test } from "vitest";
import { IdleTimes } from "../../src/idle/idleness.ts";

function timesAfter(idleAfterMs: number): IdleTimes {
  const times = new IdleTimes();
  times.idleAfterMs = idleAfterMs;
  return times;
}

test("a pause shorter than the limit is none; a longer one begins when the limit is over", () => {
  const times = timesAfter(120_000);
  times.look({ idleMs: 0, atMs: 0, wallMs: 0 });
  expect(times.look({ idleMs: 60_000, atMs: 60_000, wallMs: 60_000 })).toBe(false);
  expect(times.take(60_000)).toEqual({
    told: { observed_s: 60, active_s: 60, idle_s: 0, last_input_at: "1970-01-01T00:00:00.000Z" },
    workMs: null,
  });
  times.look({ idleMs: 300_000, atMs: 300_000, wallMs: 300_000 });
  expect(times.take(300_000).told).toMatchObject({ active_s: 60, idle_s: 180 });
  expect(times.look({ idleMs: 10_000, atMs: 400_000, wallMs: 400_000 })).toBe(true);
  expect(times.take(400_000)).toMatchObject({ told: { active_s: 10, idle_s: 90 }, workMs: 10_000 });
});

test("what was typed before the first look is not this agent's to tell", () => {
  const times = timesAfter(1_000);
  expect(times.look({ idleMs: 5, atMs: 1_000, wallMs: 1_000 })).toBe(false);
  expect(times.take(1_000).workMs).toBeNull();
});

test("time in which nobody could look is neither", () => {
  const times = timesAfter(1_000);
  times.look({ idleMs: 0, atMs: 0, wallMs: 0 });
  times.lose();
  expect(times.take(0).told).toMatchObject({ observed_s: 0, last_input_at: null });
  times.look({ idleMs: 0, atMs: 50_000, wallMs: 50_000 });
  times.look({ idleMs: 100, atMs: 50_100, wallMs: 50_100 });
  expect(times.take(50_100).told).toMatchObject({ observed_s: 0.1, active_s: 0.1 });
});

test("whatever is typed whenever, looked at often, active and idle are what they were", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1_000, max: 20_000 }),
      (pauses, idleAfterMs) => {
        const times = timesAfter(idleAfterMs);
        // Somebody types, pauses, types; a look right at each input and one a millisecond before.
        let [nowMs, expected] = [0, 0];
        times.look({ idleMs: 0, atMs: 0, wallMs: 0 });
        for (const pauseMs of pauses) {
          nowMs += pauseMs;
          expected += Math.min(pauseMs, idleAfterMs);
          if (pauseMs > 1) times.look({ idleMs: pauseMs - 1, atMs: nowMs - 1, wallMs: 0 });
          times.look({ idleMs: 0, atMs: nowMs, wallMs: 0 });
        }
        const { told } = times.take(nowMs);
        expect(1_000 * told.active_s).toBeCloseTo(expected, 3);
        expect(1_000 * told.observed_s).toBeCloseTo(nowMs, 3);
      },
    ),
    { numRuns: 200 },
  );
});
