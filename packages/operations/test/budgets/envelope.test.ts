import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type CpuTerms, type CpuWish, envelopeOf } from "../../src/budgets/envelope.ts";

const terms: CpuTerms = { defaultPercent: 0.1, maxPercent: 10, opsPercent: 5, totalPercent: 20 };

const rows = [
  {
    row: "no override: info, the default",
    wish: undefined,
    level: "info",
    effective: 0.1,
    message: "cpu budget 0.1 % of a core: the default (main_system_max_cpu_per_plugin = 0.1)",
  },
  {
    row: "override below the default: info, the override",
    wish: 0.05,
    level: "info",
    effective: 0.05,
    message:
      "cpu budget 0.05 % of a core: cpu_budget_percent = 0.05 is within the default (main_system_max_cpu_per_plugin = 0.1)",
  },
  {
    row: "override equal to the default: info",
    wish: 0.1,
    level: "info",
    effective: 0.1,
    message:
      "cpu budget 0.1 % of a core: cpu_budget_percent = 0.1 is within the default (main_system_max_cpu_per_plugin = 0.1)",
  },
  {
    row: "override above the default: warning, the override",
    wish: 2,
    level: "warning",
    effective: 2,
    message:
      "cpu budget 2 % of a core: cpu_budget_percent = 2 is above the default (main_system_max_cpu_per_plugin = 0.1)",
  },
  {
    row: "override equal to the maximum: warning, not clamped",
    wish: 10,
    level: "warning",
    effective: 10,
    message:
      "cpu budget 10 % of a core: cpu_budget_percent = 10 is above the default (main_system_max_cpu_per_plugin = 0.1)",
  },
  {
    row: "override above the maximum: warning, clamped",
    wish: 50,
    level: "warning",
    effective: 10,
    message:
      "cpu budget 10 % of a core: cpu_budget_percent = 50 is above max_plugin_cpu_percent = 10 and clamped to it",
  },
] as const;

const plugins: readonly [number, number, string][] = [
  [2, 2, "cpu budget 2 % of a core: what its plugin asks for"],
  [50, 10, "cpu budget 10 % of a core: what its plugin asks for: 50 %, held to max_plugin_cpu_percent = 10"],
];

test.each(plugins)(
  "what a plugin asks for itself, %d %%, is no warning",
  (cpuBudgetPercent, effectivePercent, message) => {
    const { budgets } = envelopeOf([{ label: "one", cpuBudgetPercent, by: "plugin" }], terms);
    expect(budgets.get("one")).toMatchObject({ level: "info", effectivePercent, message });
  },
);

test.each(rows)("$row", ({ wish, level, effective, message }) => {
  const { budgets, scale } = envelopeOf([{ label: "one", cpuBudgetPercent: wish }], terms);
  expect(budgets.get("one")).toEqual({
    label: "one",
    requestedPercent: wish ?? 0.1,
    effectivePercent: effective,
    level,
    message,
  });
  expect(scale).toBe(1);
});

test("a default above the maximum is held to it, and is still no override", () => {
  const { budgets } = envelopeOf([{ label: "one" }], { ...terms, defaultPercent: 12 });
  expect(budgets.get("one")).toMatchObject({
    level: "info",
    effectivePercent: 10,
    message:
      "cpu budget 10 % of a core: the default (main_system_max_cpu_per_plugin = 12, held to max_plugin_cpu_percent = 10)",
  });
});

test("an overfull envelope scales all budgets in proportion and says why", () => {
  const wishes = [
    { label: "large", cpuBudgetPercent: 40 },
    { label: "half", cpuBudgetPercent: 8 },
    { label: "small", cpuBudgetPercent: 2 },
  ];
  const envelope = envelopeOf(wishes, terms);
  expect(envelope).toMatchObject({ sum: 15, scale: 0.75, ops: 5, total: 20 });
  expect([...envelope.budgets.values()].map(({ effectivePercent }) => effectivePercent)).toEqual([7.5, 6, 1.5]);
  expect(envelope.reasons).toEqual([
    "the budgets of 3 agents (20 %) and the collector's own 5 % (ops_cpu_budget_percent) are more than global_total_cpu_budget_percent = 20: every budget is multiplied by 0.75",
    "large wants 40 %, max_plugin_cpu_percent allows 10 %",
  ]);
  expect(envelope.budgets.get("large")).toMatchObject({
    level: "warning",
    message:
      "cpu budget 10 % of a core: cpu_budget_percent = 40 is above max_plugin_cpu_percent = 10 and clamped to it; scaled to 7.5 % to fit the envelope",
  });
});

test("an envelope that just fits is not scaled", () => {
  const wishes = [
    { label: "a", cpuBudgetPercent: 10 },
    { label: "b", cpuBudgetPercent: 5 },
  ];
  expect(envelopeOf(wishes, terms)).toMatchObject({ sum: 15, scale: 1, reasons: [] });
});

test("nobody asks: an empty envelope", () => {
  expect(envelopeOf([], terms)).toMatchObject({ sum: 0, scale: 1, reasons: [] });
});

test("a collector that takes the whole total leaves nothing", () => {
  const envelope = envelopeOf([{ label: "one" }], { ...terms, opsPercent: 20 });
  expect(envelope).toMatchObject({ sum: 0, scale: 0 });
  expect(envelope.reasons).toHaveLength(1);
});

const percent = fc.double({ min: 0.001, max: 10_000, noNaN: true });
const anyTerms: fc.Arbitrary<CpuTerms> = fc.record({
  defaultPercent: percent,
  maxPercent: percent,
  opsPercent: percent,
  totalPercent: percent,
});
const anyWishes: fc.Arbitrary<CpuWish[]> = fc
  .array(fc.option(percent, { nil: undefined }), { maxLength: 40 })
  .map((wishes) => wishes.map((cpuBudgetPercent, index) => ({ label: `agent-${index}`, cpuBudgetPercent })));

test("whatever is asked: the total holds, nobody gets more than it asked for or the maximum", () => {
  fc.assert(
    fc.property(anyWishes, anyTerms, (wishes, some) => {
      const { budgets, sum, scale, total, ops } = envelopeOf(wishes, some);
      expect(sum).toBeLessThanOrEqual(Math.max(0, total - ops) + 1e-6);
      expect(scale).toBeGreaterThanOrEqual(0);
      expect(scale).toBeLessThanOrEqual(1);
      for (const { requestedPercent, effectivePercent } of budgets.values()) {
        expect(effectivePercent).toBeLessThanOrEqual(Math.min(requestedPercent, some.maxPercent));
      }
    }),
    { numRuns: 500 },
  );
});

test("the order of the agents changes nobody's budget", () => {
  fc.assert(
    fc.property(anyWishes, anyTerms, (wishes, some) => {
      const [forward, backward] = [envelopeOf(wishes, some), envelopeOf(wishes.toReversed(), some)];
      for (const [label, budget] of forward.budgets) {
        expect(backward.budgets.get(label)?.effectivePercent).toBeCloseTo(budget.effectivePercent, 6);
      }
    }),
    { numRuns: 300 },
  );
});
