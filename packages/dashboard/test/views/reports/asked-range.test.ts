import { expect, test } from "vitest";
import { askedOf } from "../../../src/page/views/reports/asked-range.ts";

const today = "2026-11-21";

test("without a word a report is about this month, a row for each day", () => {
  const range = { from: "2026-11-01", to: "2026-12-01" };
  expect(askedOf({}, today)).toEqual({ span: "month", back: 0, range, part: "day" });
  expect(askedOf({ span: "moon", back: "-3", by: "hour" }, today)).toEqual(askedOf({}, today));
  expect(askedOf({ back: "1.5" }, today)).toEqual(askedOf({ back: "1" }, today));
  expect(askedOf({ span: "year", back: "1" }, today)).toMatchObject({ range: { from: "2025-01-01" }, part: "month" });
});

test("days that the reader names are days that the calendar has, or else the last thirty", () => {
  const named = { span: "own", from: "2026-02-01", to: "2026-03-01" };
  expect(askedOf(named, today).range).toEqual({ from: "2026-02-01", to: "2026-03-01" });
  for (const day of ["2026-02-30", "soon", ""]) {
    expect(askedOf({ span: "own", from: day, to: day }, today).range).toEqual({ from: "2026-10-23", to: "2026-11-22" });
  }
});
