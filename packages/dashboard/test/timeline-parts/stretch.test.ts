import fc from "fast-check";
import { expect, test } from "vitest";
import { between, lengthOf, onTheWay, panned, zoomed } from "../../src/page/timeline-parts/stretch.ts";

const HOUR_MS = 3_600_000;
const limits = { fromMs: 0, toMs: 1_000 * HOUR_MS, shortestMs: 60_000, longestMs: 500 * HOUR_MS };
const day = { fromMs: 100 * HOUR_MS, toMs: 124 * HOUR_MS };

test("zooming keeps the moment under the pointer where it is", () => {
  const near = zoomed(day, 0.5, 106 * HOUR_MS, limits);
  expect(near).toEqual({ fromMs: 103 * HOUR_MS, toMs: 115 * HOUR_MS });
});

test("zooming stops at a minute and at the longest", () => {
  expect(lengthOf(zoomed(day, 0.000_001, 110 * HOUR_MS, limits))).toBeCloseTo(60_000);
  expect(lengthOf(zoomed(day, 1_000, 110 * HOUR_MS, limits))).toBe(500 * HOUR_MS);
});

test("panning stops at the limits and keeps the length", () => {
  expect(panned(day, -200 * HOUR_MS, limits)).toEqual({ fromMs: 0, toMs: 24 * HOUR_MS });
  expect(panned(day, 2_000 * HOUR_MS, limits)).toEqual({ fromMs: 976 * HOUR_MS, toMs: 1_000 * HOUR_MS });
});

test("a stretch brushed from right to left is one from left to right", () => {
  expect(between(8 * HOUR_MS, 2 * HOUR_MS, limits)).toEqual({ fromMs: 2 * HOUR_MS, toMs: 8 * HOUR_MS });
});

test("a journey begins and ends where it should", () => {
  const week = { fromMs: 50 * HOUR_MS, toMs: 218 * HOUR_MS };
  expect(onTheWay(day, week, 0).fromMs).toBeCloseTo(day.fromMs);
  expect(onTheWay(day, week, 1).fromMs).toBeCloseTo(week.fromMs, 0);
  expect(onTheWay(day, week, 1).toMs).toBeCloseTo(week.toMs, 0);
  expect(onTheWay(day, { fromMs: 0, toMs: 24 * HOUR_MS }, 0.5).fromMs).toBe(50 * HOUR_MS);
});

test("whatever one does, one looks at a stretch within the limits", () => {
  const moves = fc.array(
    fc.record({
      factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
      around: fc.double({ min: 0, max: 1, noNaN: true }),
      by: fc.integer({ min: -1_000 * HOUR_MS, max: 1_000 * HOUR_MS }),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(moves, (all) => {
      let now = day;
      for (const { factor, around, by } of all) {
        now = zoomed(now, factor, now.fromMs + around * lengthOf(now), limits);
        now = panned(now, by, limits);
        expect(now.fromMs).toBeGreaterThanOrEqual(-1);
        expect(now.toMs).toBeLessThanOrEqual(limits.toMs + 1);
        expect(lengthOf(now)).toBeGreaterThanOrEqual(limits.shortestMs - 1);
        expect(lengthOf(now)).toBeLessThanOrEqual(limits.longestMs + 1);
      }
    }),
    { numRuns: 200 },
  );
});
