import { expect, test } from "vitest";
import { Calendar } from "../../src/page/timeline-parts/calendar.ts";
import { scaleOf } from "../../src/page/timeline-parts/scale.ts";
import { bandsOf, bandUnit, stepFor, ticksOf } from "../../src/page/timeline-parts/ticks.ts";
import { bandTexts, tickText } from "../../src/page/timeline-parts/words.ts";

const calendar = new Calendar("Europe/Berlin");
const day = { fromMs: Date.parse("2026-11-20T23:00:00Z"), toMs: Date.parse("2026-11-21T23:00:00Z") };

test("a day on a desktop has a mark each hour, on a telephone every six hours", () => {
  expect(stepFor(scaleOf(day, 1_200), 48)).toMatchObject({ unit: "hour", count: 1 });
  expect(stepFor(scaleOf(day, 300), 56)).toMatchObject({ unit: "hour", count: 6 });
});

test("marks lie on round moments and in order", () => {
  const scale = scaleOf(day, 600);
  const ticks = ticksOf(scale, stepFor(scale, 56), calendar);
  expect(ticks.map(({ atMs }) => tickText(atMs, "hour", calendar, "en-GB"))).toEqual(
    ["00", "03", "06", "09", "12", "15", "18", "21"].map((hour) => `${hour}:00`),
  );
  expect(ticks.map(({ x }) => x)).toEqual([0, 75, 150, 225, 300, 375, 450, 525]);
});

test("a year has months, ten years have years, a minute has seconds", () => {
  const year = { fromMs: Date.parse("2025-12-31T23:00:00Z"), toMs: Date.parse("2026-12-31T23:00:00Z") };
  expect(stepFor(scaleOf(year, 1_000), 48)).toMatchObject({ unit: "month", count: 1 });
  expect(stepFor(scaleOf({ fromMs: 0, toMs: 3e11 }, 600), 48).unit).toBe("year");
  expect(stepFor(scaleOf({ fromMs: 0, toMs: 60_000 }, 800), 64)).toMatchObject({ unit: "second", count: 5 });
});

test("however far one looks, marks are few", () => {
  for (let length = 60_000; length < 4e10; length *= 1.7) {
    const scale = scaleOf({ fromMs: day.fromMs, toMs: day.fromMs + length }, 1_280);
    expect(ticksOf(scale, stepFor(scale, 56), calendar).length).toBeLessThanOrEqual(24);
  }
});

test("above hours stand the days, cut to what is to be seen", () => {
  const scale = scaleOf({ fromMs: day.fromMs - 6 * 3_600_000, toMs: day.fromMs + 6 * 3_600_000 }, 1_000);
  const bands = bandsOf(scale, bandUnit(stepFor(scale, 56)), calendar);
  expect(bands.map(({ x, width }) => [x, width])).toEqual([
    [0, 500],
    [500, 500],
  ]);
  expect(bandTexts(bands[1]?.atMs ?? 0, "day", calendar, "en-GB")).toEqual([
    "Saturday 21 November",
    "Sat 21 Nov",
    "Sat 21",
    "21",
  ]);
});
