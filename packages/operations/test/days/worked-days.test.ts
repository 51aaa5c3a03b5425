import type { Segment } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DaysQuery } from "../../src/api/shapes/timeline.ts";
import { DayStarts, nextDate } from "../../src/days/day-starts.ts";
import { WorkedDays } from "../../src/days/worked-days.ts";
import { partsOfTime } from "../../src/telemetry/parts-of-time.ts";

const berlin = { timeZone: "Europe/Berlin", dayStart: "04:00" };

function segment(start: string, end: string, more: Partial<Segment> = {}): Segment {
  const about = { id: `c:${start}`, resets_count: 0, labels: [], reasons: [], aggregated: {}, gaps: [] };
  const duration_s = (Date.parse(end) - Date.parse(start)) / 1000;
  return { ...about, start, end, duration_s, confidence: "observed", ...more };
}

function report(segments: readonly Segment[], from?: string, to?: string, local = berlin) {
  const nowMs = Date.parse("2026-11-21T10:00:00Z");
  return new WorkedDays().report(segments, { ...local, nowMs }, { from, to });
}

test("work is counted where the day begins for people, without its gaps, and what was not seen apart", () => {
  const { days } = report(
    [
      segment("2026-11-19T23:00:00Z", "2026-11-20T04:00:00Z"),
      segment("2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", {
        gaps: [{ from: "2026-11-20T08:10:00Z", to: "2026-11-20T08:20:00Z", reason: "collector-down" }],
      }),
      segment("2026-11-20T12:00:00Z", "2026-11-20T12:30:00Z", { confidence: "reconstructed" }),
    ],
    "2026-11-19",
    "2026-11-22",
  );
  expect(days).toMatchObject([
    { date: "2026-11-19", start: "2026-11-19T03:00:00.000Z", worked_s: 4 * 3600, segments: 1 },
    { date: "2026-11-20", worked_s: 3600 + 3000, reconstructed_s: 1800, segments: 3 },
    { date: "2026-11-21", end: "2026-11-22T03:00:00.000Z", worked_s: 0, reconstructed_s: 0, segments: 0 },
  ]);
});

test("without a range the last 366 days are told, today the last of them", () => {
  const { days, time_zone, day_start } = report([]);
  expect([time_zone, day_start, days.length]).toEqual(["Europe/Berlin", "04:00", 366]);
  expect([days[0]?.date, days.at(-1)?.date]).toEqual(["2025-11-21", "2026-11-21"]);
  expect(report([], "2026-11-20").days.map(({ date }) => date)).toEqual(["2026-11-20", "2026-11-21"]);
  expect(report([], undefined, "2026-01-01").days.at(-1)?.date).toBe("2025-12-31");
});

test("a range that ends today is no longer than one that says its end", () => {
  expect(() => report([], "1970-01-01")).toThrow("must not be longer than ten years");
  expect(report([], "2020-01-01").days).toHaveLength(2517);
});

test.each([
  "2026-02-30",
  "2026-02-29",
  "2026-06-31",
  "2026-13-01",
  "2026-00-10",
  "0001-01-01",
  "1969-12-31",
  "9999-12-31",
  "x",
])("%s is no day to count", (from) => expect(DaysQuery.safeParse({ from }).success).toBe(false));

test("the day that only leap years have is one", () => {
  expect(DaysQuery.parse({ from: "2028-02-29" })).toEqual({ from: "2028-02-29" });
});

test("days that are longer or shorter than others keep what was worked on them", () => {
  const whole = segment("2026-03-27T00:00:00Z", "2026-04-02T00:00:00Z");
  const { days } = report([whole], "2026-03-28", "2026-03-31");
  expect(days.map(({ worked_s: worked }) => worked / 3600)).toEqual([23, 24, 24]);
  const autumn = report([segment("2026-10-20T00:00:00Z", "2026-10-30T00:00:00Z")], "2026-10-24", "2026-10-26");
  expect(autumn.days.map(({ worked_s: worked }) => worked / 3600)).toEqual([25, 24]);
});

test("the begin of a day is where parts of time have it, in any zone and in any order of asking", () => {
  const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom("00:00", "02:30", "04:00", "23:59"),
      fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 5 }),
      (timeZone, dayStart, offsets) => {
        const starts = new DayStarts({ timeZone, dayStart });
        const begin = partsOfTime({ timeZone, dayStart }, "day");
        for (const offset of offsets.flatMap((each) => [each, each + 1])) {
          const date = nextDate("2025-06-01", offset);
          const startMs = starts.of(date);
          expect(starts.dayOf(startMs)).toBe(date);
          expect(begin(startMs + 7_200_000)).toBe(startMs);
        }
      },
    ),
    { numRuns: 25 },
  );
});

test("no work is lost between days", () => {
  const hour = fc.integer({ min: 0, max: 24 * 30 });
  fc.assert(
    fc.property(fc.array(fc.tuple(hour, fc.integer({ min: 1, max: 60 })), { maxLength: 30 }), (all) => {
      const startMs = Date.parse("2026-10-10T00:00:00Z");
      const segments = all.map(([from, length]) => {
        const at = (hours: number) => new Date(startMs + hours * 3_600_000).toISOString();
        return segment(at(from), at(from + length));
      });
      const { days } = report(segments, "2026-10-01", "2026-12-01");
      const counted = days.reduce((sum, { worked_s: worked }) => sum + worked, 0);
      expect(counted).toBe(segments.reduce((sum, { duration_s: duration }) => sum + duration, 0));
    }),
    { numRuns: 50 },
  );
});
