import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Asking,
  type AskingEvent,
  PAUSE_MS,
  stepAsking,
  untilAsk,
  untouched,
} from "../../../src/page/views/widgets/asking.ts";

/** Events at times, from the begin. */
const after = (...events: readonly (readonly [AskingEvent, number])[]): Asking =>
  events.reduce((asking, [event, atMs]) => stepAsking(asking, event, atMs), untouched);
const seen: AskingEvent = { type: "seen" };
const asked: AskingEvent = { type: "asked" };
const announced: AskingEvent = { type: "announced" };
const refused: AskingEvent = { type: "refused" };
const answered = (expiresMs: number | null): AskingEvent => ({ type: "answered", expiresMs });

test("a widget is asked for once it is seen, and not before", () => {
  expect(untilAsk(untouched, 0)).toBeNull();
  expect(untilAsk(after([seen, 0]), 0)).toBe(0);
});

test("a picture is asked for anew when it has expired", () => {
  const asking = after([seen, 0], [asked, 0], [answered(30_000), 100]);
  expect(untilAsk(asking, 100)).toBe(29_900);
});

test("a picture without an end is kept until there is a new one", () => {
  const asking = after([seen, 0], [asked, 0], [answered(null), 100]);
  expect(untilAsk(asking, 100_000)).toBeNull();
  expect(untilAsk(stepAsking(asking, announced, 100_000), 100_000)).toBe(0);
});

test("one that was announced while another was asked for is asked for afterwards", () => {
  const asking = after([seen, 0], [asked, 0], [announced, 10], [answered(60_000), 20]);
  expect(untilAsk(asking, 20)).toBe(PAUSE_MS - 20);
});

test("what has expired already is not asked for without a pause", () => {
  const asking = after([seen, 0], [asked, 0], [answered(-5), 20]);
  expect(untilAsk(asking, 20)).toBe(PAUSE_MS - 20);
});

test("refusals wait longer each time, a minute at most, and an announcement ends the wait", () => {
  let asking = after([seen, 0]);
  const waits: (number | null)[] = [];
  for (let round = 0; round < 8; round += 1) {
    asking = stepAsking(stepAsking(asking, asked, 0), refused, 0);
    waits.push(untilAsk(asking, 0));
  }
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(untilAsk(stepAsking(asking, announced, 5_000), 5_000)).toBe(0);
});

test("whatever happens, there is one question at a time and never two within the pause", () => {
  const anyEvent = fc.constantFrom<AskingEvent>(
    { type: "seen" },
    { type: "unseen" },
    { type: "announced" },
    { type: "refused" },
    { type: "answered", expiresMs: null },
    { type: "answered", expiresMs: 1_000 },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(anyEvent, fc.nat(700)), { maxLength: 60 }), (events) => {
      let [asking, nowMs, lastMs] = [untouched, 0, Number.NEGATIVE_INFINITY];
      for (const [event, passedMs] of events) {
        nowMs += passedMs;
        if (untilAsk(asking, nowMs) === 0) {
          expect(asking.isAsking).toBe(false);
          if (asking.failures === 0) expect(nowMs - lastMs).toBeGreaterThanOrEqual(PAUSE_MS);
          lastMs = nowMs;
          asking = stepAsking(asking, { type: "asked" }, nowMs);
        }
        const isReply = event.type === "answered" || event.type === "refused";
        if (!isReply || asking.isAsking) asking = stepAsking(asking, event, nowMs);
      }
    }),
    { numRuns: 300 },
  );
});
