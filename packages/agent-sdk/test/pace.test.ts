import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FULL_PACE, type Pace, paceAfter, SLOWEST_FACTOR, type Strain } from "../src/pace.ts";

const CALM: Strain = {
  lagMs: 2,
  queue: 0,
  flushLatencyMs: 8,
  cpuPercent: 0.02,
  cpuAveragePercent: 0.02,
  budgetPercent: 0.1,
  sampleMs: 3,
  paceMs: 5000,
};
const BURNING: Strain = { ...CALM, cpuPercent: 3, cpuAveragePercent: 2 };

/** The pace after each window. */
function paces(windows: readonly Strain[], from: Pace = FULL_PACE): { pace: Pace; reason: string | null }[] {
  let pace = from;
  return windows.map((strain) => {
    const step = paceAfter(pace, strain);
    pace = step.pace;
    return step;
  });
}
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

test("load slows the pace one step per window, lasting calm brings it back one step at a time", () => {
  const factors = paces([...times(4, BURNING), ...times(10, CALM)]).map(({ pace }) => pace.factor);
  expect(factors).toEqual([2, 4, 8, 16, 16, 8, 8, 4, 4, 2, 2, 1, 1, 1]);
});

test.each([
  ["cpu 2 % of a core, budget 0.1 %", BURNING],
  ["heartbeats 700 ms late", { ...CALM, lagMs: 700 }],
  ["120 lines not read by the collector", { ...CALM, queue: 120 }],
  ["a summary took 2400 ms", { ...CALM, flushLatencyMs: 2400 }],
  ["a sample took 6000 ms, at a pace of 5000 ms", { ...CALM, sampleMs: 6000 }],
])("strain has a name: %s", (reason, strain) => {
  expect(paceAfter(FULL_PACE, strain)).toMatchObject({ pace: { factor: 2 }, reason });
});

test("a moment is no strain: neither a minute that is over, nor one window of an idle minute, nor a swift sample", () => {
  const harmless: Partial<Strain>[] = [{ cpuAveragePercent: 5 }, { cpuPercent: 5 }, { sampleMs: 90, paceMs: 50 }];
  for (const moment of harmless) expect(paceAfter(FULL_PACE, { ...CALM, ...moment }).reason).toBeNull();
});

test("a slower pace that is just within the budget is kept for a while, and a step back that proves wrong for longer", () => {
  const busy = { ...CALM, cpuPercent: 0.07, cpuAveragePercent: 0.07 };
  const first = paces(times(8, busy), paceAfter(FULL_PACE, BURNING).pace);
  expect(first.map(({ pace }) => pace.factor)).toEqual([2, 2, 2, 2, 2, 2, 2, 1]);
  const wrong = paceAfter(first.at(-1)?.pace ?? FULL_PACE, BURNING).pace;
  expect(wrong.patience).toBe(2);
  const second = paces(times(16, busy), wrong).map(({ pace }) => pace.factor);
  expect(second.indexOf(1)).toBe(15);
});

test("when the slowest pace does not help for two minutes it is overload, and that stays", () => {
  const steps = paces([...times(12, BURNING), ...times(5, CALM)]);
  expect(steps.map(({ pace }) => pace.isOverload).indexOf(true)).toBe(11);
  expect(steps[11]?.reason).toContain("cpu 2 %");
  expect(steps.at(-1)).toMatchObject({ pace: { factor: SLOWEST_FACTOR, isOverload: true }, reason: null });
});

test("what others do never makes an overload: a busy machine, a collector that does not read, a slow disk behind a summary", () => {
  for (const strain of [
    { ...CALM, lagMs: 5000 },
    { ...CALM, queue: 1000 },
    { ...CALM, flushLatencyMs: 5000 },
    { ...CALM, sampleMs: 90_000 },
  ]) {
    expect(paces(times(100, strain)).at(-1)?.pace).toMatchObject({ factor: SLOWEST_FACTOR, isOverload: false });
  }
  const blocking = { ...CALM, lagMs: 5000, sampleMs: 5000 };
  expect(paces(times(12, blocking)).at(-1)?.pace.isOverload).toBe(true);
});

const figure = (most: number) => fc.double({ min: 0, max: most, noNaN: true });
const anyStrain: fc.Arbitrary<Strain> = fc.oneof(
  fc.constantFrom(CALM, BURNING),
  fc.record({
    lagMs: figure(2000),
    queue: fc.nat(300),
    flushLatencyMs: fc.option(figure(5000)),
    cpuPercent: figure(0.4),
    cpuAveragePercent: figure(0.4),
    budgetPercent: fc.constantFrom(0.1, 0.3),
    sampleMs: figure(10_000),
    paceMs: fc.constant(5000),
  }),
);

test("whatever happens: one step at a time, between 1 and 16, a reason for every change and for nothing else", () => {
  fc.assert(
    fc.property(fc.array(anyStrain, { maxLength: 80 }), (windows) => {
      let before: Pace = FULL_PACE;
      for (const { pace, reason } of paces(windows)) {
        expect([before.factor / 2, before.factor, before.factor * 2]).toContain(pace.factor);
        expect([1, 2, 4, 8, 16]).toContain(pace.factor);
        const isChange = pace.factor !== before.factor || pace.isOverload !== before.isOverload;
        expect(reason !== null).toBe(isChange);
        before = pace;
      }
    }),
    { numRuns: 300 },
  );
});

test("whatever happened, calm brings an agent back to its full pace, without a single step the other way", () => {
  fc.assert(
    fc.property(fc.array(anyStrain, { maxLength: 80 }), (windows) => {
      const troubled = paces(windows).at(-1)?.pace ?? FULL_PACE;
      fc.pre(!troubled.isOverload);
      const factors = paces(times(64, CALM), troubled).map(({ pace }) => pace.factor);
      expect(factors).toEqual(factors.toSorted((a, b) => b - a));
      expect(factors.at(-1)).toBe(1);
    }),
    { numRuns: 200 },
  );
});

test("steady load only ever slows down: the same strain again and again never brings a step back", () => {
  fc.assert(
    fc.property(
      anyStrain.filter((strain) => paceAfter(FULL_PACE, strain).reason !== null),
      (strain) => {
        const factors = paces(times(30, strain)).map(({ pace }) => pace.factor);
        expect(factors).toEqual(factors.toSorted((a, b) => a - b));
      },
    ),
    { numRuns: 100 },
  );
});
