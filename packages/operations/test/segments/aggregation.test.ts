import fc from "fast-check";
import { expect, test } from "vitest";
import {
  COMING_MS,
  fallbackFor,
  keyOf,
  NOTHING_ASKED,
  type OpenQuestion,
  type Readiness,
  step,
} from "../../src/segments/aggregation.ts";

const question = (agent_label: string, n: number): OpenQuestion => ({
  segmentId: `c0:${n}`,
  agent_label,
  header: "files",
  input_seqs_sha256: `${n}`,
});
const looked = (questions: OpenQuestion[], readiness: Readiness, nowMs = 0) =>
  ({ type: "looked", questions, readinessOf: () => readiness, nowMs }) as const;

test("an agent is asked one question at a time, several agents at once, and each question once", () => {
  const questions = [question("a", 1), question("a", 2), question("b", 3)];
  const first = step(NOTHING_ASKED, looked(questions, "ready"));
  expect(first.effects).toEqual([
    { do: "ask", question: questions[0] },
    { do: "ask", question: questions[2] },
  ]);
  expect(step(first.state, looked(questions, "ready")).effects).toEqual([]);
  const answered = step(first.state, { type: "answered", question: question("a", 1) });
  expect(step(answered.state, looked(questions, "ready")).effects).toEqual([{ do: "ask", question: questions[1] }]);
});

test("who announced no invoke and who does not run is not waited for", () => {
  const one = question("a", 1);
  expect(step(NOTHING_ASKED, looked([one], "mute")).effects).toEqual([
    { do: "fall-back", question: one, reason: "no-filter" },
  ]);
  const away = step(NOTHING_ASKED, looked([one], "away"));
  expect(away.effects).toEqual([{ do: "fall-back", question: one, reason: "not-running" }]);
  expect(step(away.state, looked([one], "ready")).effects).toEqual([]);
});

test("an agent on its way up is waited for half a minute", () => {
  const one = question("a", 1);
  const first = step(NOTHING_ASKED, looked([one], "coming", 1_000));
  expect(first.effects).toEqual([{ do: "look-again", delayMs: COMING_MS }]);
  const second = step(first.state, looked([one], "coming", 11_000));
  expect(second.effects).toEqual([{ do: "look-again", delayMs: COMING_MS - 10_000 }]);
  expect(step(second.state, looked([one], "ready", 12_000)).effects).toEqual([{ do: "ask", question: one }]);
  expect(step(second.state, looked([one], "coming", 1_000 + COMING_MS)).effects).toMatchObject([
    { do: "fall-back", reason: "not-running" },
  ]);
});

test("what the timeline has learnt is forgotten, so that the same inputs may be asked for again", () => {
  const one = question("a", 1);
  const away = step(NOTHING_ASKED, looked([one], "away"));
  const gone = step(away.state, looked([], "away"));
  expect(gone.state.answered.size).toBe(0);
});

test("every way a call can fail has a word for the record", () => {
  const codes = ["timed-out", "too-large", "not-running", "not-offered", "failed", "ended", "busy", "whatever-it-says"];
  expect(codes.map(fallbackFor)).toEqual([
    "timed-out",
    "too-large",
    "not-running",
    "no-filter",
    "failed",
    "failed",
    "failed",
    "failed",
  ]);
});

const readiness = fc.constantFrom<Readiness>("ready", "coming", "mute", "away");

test("whatever agents do, no question is asked twice at once and none gets two answers", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(readiness, readiness, fc.boolean()), { maxLength: 25 }), (rounds) => {
      const all = [1, 2, 3, 4].map((n) => question(n % 2 === 0 ? "a" : "b", n));
      const answers: string[] = [];
      let open = all;
      let asking: OpenQuestion[] = [];
      let state = NOTHING_ASKED;
      rounds.forEach(([a, b, isFolded], round) => {
        const readinessOf = (label: string) => (label === "a" ? a : b);
        const next = step(state, { type: "looked", questions: open, readinessOf, nowMs: round * 10_000 });
        state = next.state;
        for (const effect of next.effects) {
          if (effect.do === "fall-back") answers.push(keyOf(effect.question));
          if (effect.do === "ask") asking.push(effect.question);
        }
        expect(new Set(asking.map(({ agent_label: label }) => label)).size).toBe(asking.length);
        const [done, ...rest] = asking;
        if (done !== undefined && isFolded) {
          asking = rest;
          answers.push(keyOf(done));
          state = step(state, { type: "answered", question: done }).state;
        }
        if (isFolded) open = open.filter((one) => !answers.includes(keyOf(one)));
      });
      expect(new Set(answers).size).toBe(answers.length);
    }),
    { numRuns: 300 },
  );
});
