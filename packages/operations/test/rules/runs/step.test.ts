import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_RUNS, paced } from "../../../src/rules/runs/pace.ts";
import {
  MOST_AT_ONCE,
  MOST_WAITING,
  NO_RULES,
  type RunsEffect,
  type RunsEvent,
  type RunsState,
  runsOf,
  step,
} from "../../../src/rules/runs/step.ts";

const fit = (run: number, { rule = "r", limit, nowMs = 0 }: { rule?: string; limit?: number; nowMs?: number } = {}) =>
  ({ type: "fitted", rule, limit, run, nowMs }) as const;
const done = (rule = "r") => ({ type: "finished", rule, ok: true, nowMs: 0, atMs: 9 }) as const;

function played(events: readonly RunsEvent<number>[], from: RunsState<number> = NO_RULES) {
  let state = from;
  const effects: RunsEffect<number>[] = [];
  for (const event of events) {
    const next = step(state, event);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects, started: effects.flatMap((effect) => (effect.do === "start" ? [effect.run] : [])) };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

test("a limit holds in every minute, and what it held back is told once in a minute with how often", () => {
  const burst = many(5).map((run) => fit(run, { limit: 2, nowMs: run * 1_000 }));
  const { state, effects, started } = played(burst);
  expect(started).toEqual([0, 1]);
  expect(effects.filter((effect) => effect.do === "tell")).toEqual([
    { do: "tell", rule: "r", what: "limited", count: 1, why: undefined },
  ]);
  expect(runsOf(state, "r").limited).toBe(3);
  const later = played(
    [fit(9, { limit: 2, nowMs: 60_999 }), ...many(2).map((run) => fit(run, { limit: 1, nowMs: 70_000 }))],
    state,
  );
  expect(later.started).toEqual([9]);
  expect(later.effects.at(-1)).toEqual({ do: "tell", rule: "r", what: "limited", count: 3, why: undefined });
});

test("less than one in a minute is one in so many minutes", () => {
  const first = paced(NO_RUNS, 0.5, 0) ?? NO_RUNS;
  expect(paced(first, 0.5, 119_999)).toBeNull();
  expect(paced(first, 0.5, 120_000)).not.toBeNull();
});

test("no more runs than the limit fall into any minute, and one that is free is not refused for long", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 50, maxLength: 400 });
  fc.assert(
    fc.property(gaps, fc.constantFrom(1, 3, 40, 101, 150), (delays, limit) => {
      let recent = NO_RUNS;
      let nowMs = 0;
      const ran: number[] = [];
      for (const delayMs of delays) {
        nowMs += delayMs;
        const next = paced(recent, limit, nowMs);
        const inMinute = ran.filter((atMs) => nowMs - atMs < 60_000).length;
        if (next === null) {
          expect(ran.filter((atMs) => nowMs - atMs < 60_250).length).toBeGreaterThanOrEqual(limit);
          continue;
        }
        expect(inMinute).toBeLessThan(limit);
        recent = next;
        ran.push(nowMs);
      }
      expect(recent.length).toBeLessThanOrEqual(Math.max(100, 241));
    }),
    { numRuns: 60 },
  );
});

test("four runs of a rule at once, the others in order", () => {
  const { state, started } = played(many(7).map((run) => fit(run)));
  expect(started).toEqual([0, 1, 2, 3]);
  const next = played([done(), done()], state);
  expect(next.started).toEqual([4, 5]);
  expect(runsOf(next.state, "r")).toMatchObject({ runs: 2, failures: 0, underWay: MOST_AT_ONCE, lastRunAtMs: 9 });
});

test("where too much waits, the rule with the most to do loses its newest run", () => {
  const noisy = many(MOST_AT_ONCE + MOST_WAITING).map((run) => fit(run));
  const quiet = many(MOST_AT_ONCE + 1).map((run) => fit(run, { rule: "quiet" }));
  const { state, effects } = played([...noisy, ...quiet]);
  expect(state.waiting).toBe(MOST_WAITING);
  expect(effects.at(-1)).toMatchObject({ do: "tell", rule: "r", what: "crowded", count: 1 });
  expect(runsOf(state, "quiet").waiting).toEqual([4]);
  expect(runsOf(state, "r").waiting.at(-1)).toBe(MOST_AT_ONCE + MOST_WAITING - 2);
});

test("a rule that failed says why, a loop is counted and told", () => {
  const { state, effects } = played([
    fit(1),
    { type: "finished", rule: "r", ok: false, why: "it is off", nowMs: 1, atMs: 1 },
    { type: "looped", rule: "r", nowMs: 2 },
    { type: "looped", rule: "r", nowMs: 3 },
  ]);
  expect(effects.slice(1)).toEqual([
    { do: "tell", rule: "r", what: "failed", count: 1, why: "it is off" },
    { do: "tell", rule: "r", what: "cut", count: 1, why: undefined },
  ]);
  expect(runsOf(state, "r")).toMatchObject({ failures: 1, cut: 2, underWay: 0 });
  const later = played([fit(2), done()], state).state;
  expect(runsOf(later, "r")).toMatchObject({ runs: 2, lastFailure: { atMs: 1, why: "it is off" }, lastRunAtMs: 9 });
});

test("another configuration takes what waits with the rules that are gone or others, and keeps the counts of those that stay", () => {
  const { state } = played(["kept", "changed", "gone"].flatMap((rule) => many(6).map((run) => fit(run, { rule }))));
  const { state: now, effects } = played(
    [{ type: "configured", names: ["kept", "changed"], changed: new Set(["changed"]) }],
    state,
  );
  expect(effects).toEqual([
    { do: "tell", rule: "changed", what: "changed", count: 2 },
    { do: "tell", rule: "gone", what: "changed", count: 2 },
  ]);
  expect(now.waiting).toBe(2);
  expect(runsOf(now, "gone").underWay).toBe(MOST_AT_ONCE);
  const over = played(
    [...many(MOST_AT_ONCE).map(() => done("gone")), { type: "configured", names: ["kept"], changed: new Set() }],
    now,
  );
  expect([...over.state.rules.keys()]).toContain("kept");
  expect([...over.state.rules.keys()]).not.toContain("gone");
});

test("whatever happens, no rule runs more than four at once, and every run starts once, in order, or never", () => {
  const event: fc.Arbitrary<RunsEvent<number>> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .record({ rule: fc.constantFrom("a", "b"), limit: fc.constantFrom(undefined, 1, 30) })
        .map((of) => ({ ...of, type: "fitted" as const, run: 0, nowMs: 0 })),
    },
    { weight: 4, arbitrary: fc.constantFrom("a", "b").map((rule) => ({ ...done(rule) })) },
    {
      weight: 1,
      arbitrary: fc
        .subarray(["a", "b"])
        .map((names) => ({ type: "configured" as const, names, changed: new Set(["b"]) })),
    },
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 120 }), (events) => {
      let state: RunsState<number> = NO_RULES;
      const underWay: Record<string, number> = { a: 0, b: 0 };
      const last: Record<string, number> = { a: -1, b: -1 };
      for (const [index, each] of events.entries()) {
        // Only what is under way can be over.
        if (each.type === "finished" && (underWay[each.rule] ?? 0) === 0) continue;
        if (each.type === "finished") underWay[each.rule] = (underWay[each.rule] ?? 0) - 1;
        const next = step(state, each.type === "fitted" ? { ...each, run: index, nowMs: index * 7_000 } : each);
        state = next.state;
        for (const effect of next.effects) {
          if (effect.do !== "start") continue;
          underWay[effect.rule] = (underWay[effect.rule] ?? 0) + 1;
          expect(effect.run).toBeGreaterThan(last[effect.rule] ?? -1);
          last[effect.rule] = effect.run;
        }
        for (const count of Object.values(underWay)) expect(count).toBeLessThanOrEqual(MOST_AT_ONCE);
        for (const [name, rule] of state.rules) {
          expect(rule.underWay).toBe(underWay[name]);
          if (rule.waiting.length > 0) expect(rule.underWay).toBe(MOST_AT_ONCE);
        }
      }
    }),
    { numRuns: 150 },
  );
});
