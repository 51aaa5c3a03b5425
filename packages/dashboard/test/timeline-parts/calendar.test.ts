import fc from "fast-check";
import { expect, test } from "vitest";
import { Calendar, type Unit } from "../../src/page/timeline-parts/calendar.ts";

const berlin = new Calendar("Europe/Berlin");
const iso = (ms: number) => new Date(ms).toISOString();

test("a day begins at midnight of the zone", () => {
  expect(iso(berlin.floor(Date.parse("2026-11-21T12:34:56Z"), "day"))).toBe("2026-11-20T23:00:00.000Z");
  expect(iso(berlin.next(Date.parse("2026-11-21T12:34:56Z"), "day"))).toBe("2026-11-21T23:00:00.000Z");
  expect(berlin.dateAt(Date.parse("2026-11-21T23:30:00Z"))).toBe("2026-11-22");
});

test("the days on which clocks change have 23 and 25 hours", () => {
  const spring = berlin.floor(Date.parse("2026-03-29T12:00:00Z"), "day");
  expect((berlin.next(spring, "day") - spring) / 3_600_000).toBe(23);
  const autumn = berlin.floor(Date.parse("2026-10-25T12:00:00Z"), "day");
  expect((berlin.next(autumn, "day") - autumn) / 3_600_000).toBe(25);
});

test("a week begins on Monday, a month on its first, a quarter with January, April, July or October", () => {
  const at = Date.parse("2026-11-21T12:00:00Z");
  expect(iso(berlin.floor(at, "week"))).toBe("2026-11-15T23:00:00.000Z");
  expect(iso(berlin.floor(at, "month"))).toBe("2026-10-31T23:00:00.000Z");
  expect(iso(berlin.floor(at, "month", 3))).toBe("2026-09-30T22:00:00.000Z");
  expect(iso(berlin.next(at, "month", 3))).toBe("2026-12-31T23:00:00.000Z");
  expect(iso(berlin.floor(at, "year"))).toBe("2025-12-31T23:00:00.000Z");
});

test("every second day starts anew with each month", () => {
  const marks: string[] = [];
  for (let at = Date.parse("2026-08-28T22:00:00Z"); marks.length < 4; at = berlin.next(at, "day", 2)) {
    marks.push(berlin.dateAt(at));
  }
  expect(marks).toEqual(["2026-08-29", "2026-08-31", "2026-09-01", "2026-09-03"]);
});

test("quarters of an hour of a zone that is half an hour off are full on its own clocks", () => {
  const kolkata = new Calendar("Asia/Kolkata");
  expect(iso(kolkata.floor(Date.parse("2026-11-21T12:00:00Z"), "hour"))).toBe("2026-11-21T11:30:00.000Z");
});

const units = fc.constantFrom<[Unit, number]>(
  ["minute", 5],
  ["hour", 1],
  ["hour", 3],
  ["day", 1],
  ["day", 2],
  ["week", 1],
  ["month", 1],
  ["year", 1],
);
const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC");

test("wherever one stands, the begin is not later, the next one is later, and steps always lead on", () => {
  const moments = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 0) });
  fc.assert(
    fc.property(zones, units, moments, (zone, [unit, count], at) => {
      const calendar = new Calendar(zone);
      const begin = calendar.floor(at, unit, count);
      const next = calendar.next(at, unit, count);
      expect(begin).toBeLessThanOrEqual(at);
      expect(next).toBeGreaterThan(at);
      expect(calendar.next(next, unit, count)).toBeGreaterThan(next);
    }),
    { numRuns: 300 },
  );
});
