import { expect, test } from "vitest";
import { daysIn, totalIn } from "../../../src/page/views/timeline/in-view.ts";

const DAY_MS = 86_400_000;
const FROM_MS = Date.UTC(2026, 0, 5);
const iso = (ms: number) => new Date(ms).toISOString();
const days = Array.from({ length: 10 }, (_, index) => ({
  date: iso(FROM_MS + index * DAY_MS).slice(0, 10),
  start: iso(FROM_MS + index * DAY_MS),
  end: iso(FROM_MS + (index + 1) * DAY_MS),
  worked_s: 3_600,
  reconstructed_s: 600,
  segments: 1,
}));
const segment = {
  id: "s",
  start: iso(FROM_MS + DAY_MS - 3_600_000),
  end: iso(FROM_MS + DAY_MS + 1_800_000),
  gaps: [],
  confidence: "observed" as const,
};

test("a day is in view where a part of it is, its end not", () => {
  const dates = daysIn(days, { fromMs: FROM_MS + DAY_MS, toMs: FROM_MS + 2.5 * DAY_MS }).map(({ date }) => date);
  expect(dates).toEqual(["2026-01-06", "2026-01-07"]);
});

test("of a segment counts what lies in the stretch; where days stand as columns, all of them count", () => {
  const day = { fromMs: FROM_MS + DAY_MS, toMs: FROM_MS + 2 * DAY_MS };
  expect(totalIn(day, [segment], days)).toBe(1_800);
  expect(totalIn({ fromMs: FROM_MS, toMs: FROM_MS + 10 * DAY_MS }, [segment], days)).toBe(10 * 4_200);
});
