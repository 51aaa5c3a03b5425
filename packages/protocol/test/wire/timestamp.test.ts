import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isCalendarDay, parseTimestamp, TIMESTAMP_PATTERN } from "../../src/wire/index.ts";
import { anyTimestamp } from "../any-message.ts";

test("times of every shape read as the moment they name", () => {
  expect(parseTimestamp("2025-11-07T09:00Z")).toBe(Date.UTC(2025, 10, 7, 9));
  expect(parseTimestamp("2025-11-07T09:00:15Z")).toBe(Date.UTC(2025, 10, 7, 9, 0, 15));
  expect(parseTimestamp("2025-11-07T09:00:15.5+01:30")).toBe(Date.UTC(2025, 10, 7, 7, 30, 15, 500));
  expect(parseTimestamp("2025-11-07T09:00:15.123456789-05:00")).toBe(Date.UTC(2025, 10, 7, 14, 0, 15, 123));
  expect(parseTimestamp("2024-02-29T00:00Z")).toBe(Date.UTC(2024, 1, 29));
  expect(parseTimestamp("2016-12-31T23:59:60Z")).toBe(Date.UTC(2017, 0, 1));
  expect(parseTimestamp("1969-12-31T23:59:59.999Z")).toBe(-1);
});

test("nothing looser than the pattern is read", () => {
  const loose = [
    "2025-11-07",
    "2025-11-07T09:00",
    "2025-11-07 09:00Z",
    "2025-11-07t09:00z",
    "2025-11-07T09:00:00,5Z",
    "2025-11-07T09:00.5Z",
    "2025-11-07T09:00:00.Z",
    "2025-11-07T09:00:00+0100",
    "2025-11-07T09:00:00+01",
    " 2025-11-07T09:00Z",
    "2025-11-07T09:00Z\n",
    "+002025-11-07T09:00Z",
    "٢٠٢٥-11-07T09:00Z",
    "1762506000",
    "",
  ];
  for (const text of loose) expect([text, parseTimestamp(text)]).toEqual([text, null]);
});

test("moments that never were are no times", () => {
  const never = [
    "2025-02-29T00:00Z",
    "2025-04-31T00:00Z",
    "2025-13-01T00:00Z",
    "2025-00-10T00:00Z",
    "2025-01-00T00:00Z",
  ];
  const hours = [
    "2025-01-01T24:00Z",
    "2025-01-01T00:60Z",
    "2025-01-01T00:00:61Z",
    "2025-01-01T00:00+24:00",
    "2025-01-01T00:00+01:60",
  ];
  for (const text of [...never, ...hours]) expect([text, parseTimestamp(text)]).toEqual([text, null]);
});

test("days are those of the calendar", () => {
  for (const day of ["2026-11-21", "2024-02-29", "2000-02-29", "0001-01-01", "2026-12-31"])
    expect(isCalendarDay(day)).toBe(true);
  for (const day of [
    "2026-02-29",
    "2026-02-30",
    "1900-02-29",
    "2026-04-31",
    "2026-00-10",
    "2026-13-01",
    "2026-01-00",
    "2026-1-1",
    "2026-11-21T00:00Z",
    "today",
    "",
  ])
    expect([day, isCalendarDay(day)]).toEqual([day, false]);
});

test("any time that a Date can name is read as that Date reads it", () => {
  fc.assert(
    fc.property(anyTimestamp, (text) => {
      expect(TIMESTAMP_PATTERN.test(text)).toBe(true);
      const cut = text.replace(/(\.\d{3})\d+/, "$1");
      expect(parseTimestamp(text)).toBe(Date.parse(cut));
    }),
    { numRuns: 1000 },
  );
});
