import { expect, test } from "vitest";
import { figureOf, unmeasured } from "../../src/bench/figure.ts";
import { measure } from "../../src/bench/measure.ts";
import { NotMeasured } from "../../src/bench/not-measured.ts";
import type { Scenario } from "../../src/bench/scenario.ts";
import { figureNames } from "../../src/bench/scenarios.ts";
import { Workbench } from "../../src/bench/workbench.ts";
import { verbs } from "../../src/verbs/verbs.ts";

const spec = { unit: "ms", target: 1.2, targetOf: "ratio", what: "a thing" } as const;
const calm = [1, 2, 3].map(() => ({ value: 11, baseline: 10 }));
const shaken = [10, 20, 30, 40].map((baseline) => ({ value: baseline, baseline }));

test("a figure has its value, its baseline, their ratio, the target and what came of it", () => {
  expect(figureOf(spec, { pairs: calm })).toEqual({
    value: 11,
    unit: "ms",
    baseline: 10,
    ratio: 1.1,
    target: 1.2,
    spread: 0,
    ok: true,
    target_of: "ratio",
  });
  expect(figureOf({ ...spec, target: 1.05 }, { pairs: calm }).ok).toBe(false);
  expect(figureOf({ ...spec, targetOf: "value", target: 11 }, { pairs: calm }).ok).toBe(true);
});

test("where more is better, the target is the least", () => {
  const more = { ...spec, target: 1.1, atLeast: true } as const;
  expect(figureOf(more, { pairs: calm }).ok).toBe(true);
  expect(figureOf({ ...more, target: 1.2 }, { pairs: calm }).ok).toBe(false);
});

test("a control that moved too much says nothing, whatever else was missed", () => {
  expect(figureOf(spec, { pairs: shaken, kept: false })).toMatchObject({
    ok: null,
    why: "the control moved by more than a fifth",
  });
});

test("what else the target names can be missed too", () => {
  expect(figureOf(spec, { pairs: calm, kept: false, more: { rss_mib: 130.00001 } })).toMatchObject({
    ok: false,
    more: { rss_mib: 130 },
  });
});

test("what cannot be measured has no numbers and says why", () => {
  expect(unmeasured(spec, "not measured: no C compiler")).toEqual({
    value: null,
    unit: "ms",
    baseline: null,
    ratio: null,
    target: 1.2,
    spread: null,
    ok: null,
    target_of: "ratio",
    why: "not measured: no C compiler",
  });
});

test("only what was asked for is measured; what fails stands beside what does not", async () => {
  const good: Scenario = {
    figures: { one: spec, two: spec },
    measure: () => Promise.resolve({ one: { pairs: calm }, two: { pairs: calm } }),
  };
  const poor: Scenario = { figures: { three: spec }, measure: () => Promise.reject(new NotMeasured("no C compiler")) };
  const never: Scenario = { figures: { four: spec }, measure: () => Promise.reject(new Error("was asked")) };
  const bench = new Workbench({ quick: true, signal: new AbortController().signal, progress: () => undefined });
  try {
    expect(await measure([good, poor, never], ["two", "three"], bench)).toMatchObject({
      two: { ok: true },
      three: { ok: null, why: "not measured: no C compiler" },
    });
  } finally {
    bench.close();
  }
});

test("the help names every figure there is", () => {
  const help = verbs
    .find(({ name }) => name === "bench")
    ?.parser()
    .helpInformation()
    .replaceAll(/\s+/g, " ");
  expect(help).toContain(`: ${figureNames.join(", ")}`);
});
