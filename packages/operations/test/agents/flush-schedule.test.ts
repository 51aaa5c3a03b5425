import fc from "fast-check";
import { expect, test } from "vitest";
import { asked, firstFlush, pending, summarized } from "../../src/agents/flush-schedule.ts";

test("three quiet summaries in a row double the interval, up to ten minutes", () => {
  let state = firstFlush(60_000, 0);
  const intervals: number[] = [];
  for (let round = 0; round < 8; round++) {
    state = summarized(asked(state, state.dueMs), false);
    intervals.push(state.intervalMs / 1000);
  }
  expect(intervals).toEqual([60, 60, 120, 240, 480, 600, 600, 600]);
});

test("one summary with work brings the configured interval back", () => {
  let state = firstFlush(60_000, 0);
  for (let round = 0; round < 6; round++) state = summarized(asked(state, state.dueMs), false);
  state = summarized(asked(state, state.dueMs), true);
  expect(state).toMatchObject({ intervalMs: 60_000, quiet: 0 });
});

test("a passive agent keeps its interval for ever", () => {
  let state = firstFlush(60_000, 0);
  for (let round = 0; round < 20; round++) state = summarized(asked(state, state.dueMs), null);
  expect(state.intervalMs).toBe(60_000);
});

test("waiting changes pull a slow flush forward, never below the configured interval", () => {
  let state = firstFlush(60_000, 0);
  for (let round = 0; round < 6; round++) state = summarized(asked(state, state.dueMs), false);
  const askedAtMs = state.lastAskedMs;
  expect(pending(state, askedAtMs + 5_000).dueMs).toBe(askedAtMs + 60_000);
  expect(pending(state, askedAtMs + 200_000).dueMs).toBe(askedAtMs + 200_000);
});

test("whatever agents say, the next flush is between one interval and ten minutes after the last", () => {
  const words = fc.array(fc.constantFrom("worked", "quiet", "passive", "pending"), { maxLength: 40 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1_000, max: 600_000 }), (said, baseMs) => {
      let state = firstFlush(baseMs, 0);
      for (const word of said) {
        state = asked(state, state.dueMs);
        const nowMs = state.lastAskedMs + 1;
        state =
          word === "pending" ? pending(state, nowMs) : summarized(state, word === "passive" ? null : word === "worked");
        expect(state.dueMs - state.lastAskedMs).toBeGreaterThanOrEqual(baseMs);
        expect(state.dueMs - state.lastAskedMs).toBeLessThanOrEqual(600_000);
      }
    }),
    { numRuns: 200 },
  );
});
