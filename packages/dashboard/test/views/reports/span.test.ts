import { expect, test } from "vitest";
import { partStart, rangeBefore, rangeOf, usualPart } from "../../../src/page/views/reports/span.ts";
import { csvOf, rowsOf, totalsOf } from "../../../src/page/views/reports/work-rows.ts";

test("a span is the week, month, ninety days or year that today lies in, or one before", () => {
  const today = "2026-11-21";
  expect(rangeOf("week", today)).toEqual({ from: "2026-11-16", to: "2026-11-23" });
  expect(rangeOf("week", today, 1)).toEqual({ from: "2026-11-09", to: "2026-11-16" });
  expect(rangeOf("month", today)).toEqual({ from: "2026-11-01", to: "2026-12-01" });
  expect(rangeOf("month", today, 11)).toEqual({ from: "2025-12-01", to: "2026-01-01" });
  expect(rangeOf("quarter", today)).toEqual({ from: "2026-08-24", to: "2026-11-22" });
  expect(rangeOf("quarter", today, 1).to).toBe("2026-08-24");
  expect(rangeOf("year", today)).toEqual({ from: "2026-01-01", to: "2027-01-01" });
  expect(rangeBefore(rangeOf("week", today))).toEqual(rangeOf("week", today, 1));
});

test("bars stand for days, weeks or months, as many as one can tell apart", () => {
  expect(usualPart(rangeOf("month", "2026-11-21"))).toBe("day");
  expect(usualPart(rangeOf("quarter", "2026-11-21"))).toBe("week");
  expect(usualPart(rangeOf("year", "2026-11-21"))).toBe("month");
  expect(partStart("2026-11-22", "week")).toBe("2026-11-16");
  expect(partStart("2026-11-22", "month")).toBe("2026-11-01");
});

test("days are put together, what was not seen apart, and come out as CSV", () => {
  const day = (date: string, worked_s: number, reconstructed_s = 0) => ({
    date,
    worked_s,
    reconstructed_s,
    segments: 1,
  });
  const days = [day("2026-11-15", 3600), day("2026-11-16", 0), day("2026-11-17", 1800, 900)];
  const rows = rowsOf(days, "week");
  expect(rows).toMatchObject([
    { key: "2026-11-09", first: "2026-11-15", last: "2026-11-15", worked_s: 3600, days: 1 },
    { key: "2026-11-16", last: "2026-11-17", worked_s: 1800, reconstructed_s: 900, days: 1 },
  ]);
  expect(totalsOf(days)).toMatchObject({ worked_s: 5400, average_s: 3150, days: 2, busiest: { date: "2026-11-15" } });
  expect(csvOf(rows)).toBe(
    "from,to,worked_s,reconstructed_s,worked_h,segments,days\r\n" +
      "2026-11-15,2026-11-15,3600,0,1.00,1,1\r\n2026-11-16,2026-11-17,1800,900,0.50,2,1\r\n",
  );
});
