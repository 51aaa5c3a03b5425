import { expect, test } from "vitest";
import { Calendar } from "../../../src/page/timeline-parts/calendar.ts";
import { beside, middleOf, stretchAround, unitAsked } from "../../../src/page/views/timeline/moves.ts";

const HOUR_MS = 3_600_000;
const calendar = new Calendar("UTC");
const now = Date.UTC(2026, 0, 9, 15);
const today = { fromMs: Date.UTC(2026, 0, 9), toMs: Date.UTC(2026, 0, 10) };
const october = { fromMs: Date.UTC(2025, 9, 1), toMs: Date.UTC(2025, 10, 1) };

test("nearer is around the moment, half as long", () => {
  const noon = middleOf(today);
  expect(noon).toBe(Date.UTC(2026, 0, 9, 12));
  expect(stretchAround(noon, today, 0.5)).toEqual({ fromMs: noon - 6 * HOUR_MS, toMs: noon + 6 * HOUR_MS });
});

test("a unit is the one that holds now, where now is in view", () => {
  expect(unitAsked("hour", today, now, calendar)).toEqual({ fromMs: now, toMs: now + HOUR_MS });
  expect(unitAsked("month", today, now, calendar).fromMs).toBe(Date.UTC(2026, 0, 1));
});

test("where now is not in view, it is the one of the middle", () => {
  const day = { fromMs: Date.UTC(2025, 9, 16), toMs: Date.UTC(2025, 9, 17) };
  expect(unitAsked("day", october, now, calendar)).toEqual(day);
  expect(unitAsked("day", { ...today, toMs: now }, now, calendar)).toEqual(today);
  expect(unitAsked("year", october, now, calendar).fromMs).toBe(Date.UTC(2025, 0, 1));
});

test("a year with now in it is the last twelve months, today whole", () => {
  expect(unitAsked("year", today, now, calendar)).toEqual({ fromMs: Date.UTC(2025, 0, 11), toMs: today.toMs });
});

test("from segment to segment, and no further than the first and the last", () => {
  const segments = [{ id: "a" }, { id: "b" }, { id: "c" }];
  expect(beside(segments, null, 1)).toBe("a");
  expect(beside(segments, null, -1)).toBe("c");
  expect(beside(segments, "a", 1)).toBe("b");
  expect(beside(segments, "a", -1)).toBe("a");
  expect(beside(segments, "c", 1)).toBe("c");
  expect(beside(segments, "gone", -1)).toBe("c");
  expect(beside([], null, 1)).toBe(null);
});
