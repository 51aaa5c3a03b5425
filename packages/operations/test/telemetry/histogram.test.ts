import fc from "fast-check";
import { expect, test } from "vitest";
import { Histogram } from "../../src/telemetry/histogram.ts";

const times = fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 4_000_000_000 })), {
  minLength: 1,
  maxLength: 300,
});

/** By the definition: the smallest that this share of all does not exceed. */
function exactly(of: readonly number[], share: number): number {
  return of.toSorted((a, b) => a - b)[Math.ceil(share * of.length) - 1] ?? Number.NaN;
}

test("the 95th of a hundred, whatever they are, is within 1 % of the true one", () => {
  fc.assert(
    fc.property(times, fc.constantFrom(0.5, 0.95, 0.99, 1), (all, share) => {
      const histogram = new Histogram();
      for (const us of all) histogram.add(us);
      const truth = exactly(all, share);
      expect(Math.abs((histogram.quantile(share) ?? Number.NaN) - truth)).toBeLessThanOrEqual(truth * 0.01);
    }),
    { numRuns: 300 },
  );
});

test("parts that are added, written down and read back say what the whole says", () => {
  fc.assert(
    fc.property(times, times, (some, others) => {
      const [whole, part, rest] = [new Histogram(), new Histogram(), new Histogram()];
      for (const us of [...some, ...others]) whole.add(us);
      for (const us of some) part.add(us);
      for (const us of others) rest.add(us);
      const readBack = new Histogram(JSON.parse(JSON.stringify(part.pairs)) as number[]);
      readBack.merge(rest);
      expect(readBack.pairs).toEqual(whole.pairs);
    }),
    { numRuns: 100 },
  );
});

test("of nothing there is no quantile", () => {
  expect(new Histogram().quantile(0.95)).toBeNull();
});
