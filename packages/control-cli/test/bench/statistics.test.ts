import fc from "fast-check";
import { expect, test } from "vitest";
import { LARGEST_SPREAD, median, quantile, spread, summarize, verdict } from "../../src/bench/statistics.ts";

const cost = fc.double({ min: 0.001, max: 1e6, noNaN: true });
const costs = fc.array(cost, { minLength: 1, maxLength: 30 });
const pairs = fc.array(fc.record({ value: cost, baseline: cost }), { minLength: 1, maxLength: 20 });

test("the median is the number in the middle, or between the two of them", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(() => median([])).toThrow(RangeError);
});

test("a quantile lies within the numbers, rises with its share and does not care for order", () => {
  fc.assert(
    fc.property(costs, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, share) => {
      const found = quantile(numbers, share);
      expect(found).toBeGreaterThanOrEqual(Math.min(...numbers));
      expect(found).toBeLessThanOrEqual(Math.max(...numbers));
      expect(quantile(numbers, 1)).toBeGreaterThanOrEqual(found);
      expect(quantile(numbers.toReversed(), share)).toBe(found);
    }),
    { numRuns: 300 },
  );
});

test("the spread is the middle half over the median: one wild round in nine does not count", () => {
  expect(spread([5, 5, 5])).toBe(0);
  expect(spread([8, 9, 10, 11, 12])).toBeCloseTo(0.2);
  expect(spread([10, 10, 10, 10, 10, 10, 10, 10, 900])).toBe(0);
});

test("a machine that is slower as a whole changes no ratio and no spread", () => {
  fc.assert(
    fc.property(pairs, fc.integer({ min: 2, max: 64 }), (rounds, factor) => {
      const slower = rounds.map(({ value, baseline }) => ({ value: value * factor, baseline: baseline * factor }));
      expect(summarize(slower).ratio).toBeCloseTo(summarize(rounds).ratio, 6);
      expect(summarize(slower).spread).toBeCloseTo(summarize(rounds).spread, 6);
    }),
    { numRuns: 300 },
  );
});

test("a round that shakes both of its pair leaves the ratio alone", () => {
  const { ratio } = summarize([
    { value: 12, baseline: 10 },
    { value: 120, baseline: 100 },
    { value: 6, baseline: 5 },
  ]);
  expect(ratio).toBeCloseTo(1.2);
});

test("a target is judged exactly as long as the control moved by no more than a fifth", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.double({ min: 0, max: 2, noNaN: true }), (kept, moved) => {
      expect(verdict(kept, moved)).toBe(moved > LARGEST_SPREAD ? null : kept);
    }),
    { numRuns: 300 },
  );
});
