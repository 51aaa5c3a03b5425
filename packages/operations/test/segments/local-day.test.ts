import { expect, test } from "vitest";
import { aroundDay, localDays } from "../../src/segments/local-day.ts";

const at = (iso: string) => Date.parse(iso);

test("a day begins at day_start by the clocks of its zone", () => {
  const days = localDays("Europe/Berlin", "04:00");
  expect(days.of(at("2026-11-21T02:59:59Z"))).toBe("2026-11-20");
  expect(days.of(at("2026-11-21T03:00:00Z"))).toBe("2026-11-21");
  expect(days.of(at("2026-11-21T23:30:00Z"))).toBe("2026-11-21");
  expect(days.timeOf(at("2026-11-20T23:05:00Z"))).toBe("00:05");
  expect(days.dateOf(at("2026-11-20T23:05:00Z"))).toBe("2026-11-21");
});

test("on both days of a clock change every moment has one day, of 23 and 25 hours", () => {
  for (const [day, hours, start] of [
    ["2026-03-29", 23, "00:00"],
    ["2026-10-25", 25, "00:00"],
    // The night before is the one whose clocks change.
    ["2026-03-28", 23, "04:00"],
    ["2026-10-24", 25, "04:00"],
    // 02:30 comes never, or twice.
    ["2026-03-28", 24, "02:30"],
  ] as const) {
    const days = localDays("Europe/Berlin", start);
    let count = 0;
    for (let ms = at(`${day}T00:00Z`) - 86_400_000; ms < at(`${day}T00:00Z`) + 3 * 86_400_000; ms += 1_800_000) {
      if (days.of(ms) === day) count += 0.5;
    }
    expect(count, `${day} from ${start}`).toBeGreaterThanOrEqual(hours - 1);
    expect(count, `${day} from ${start}`).toBeLessThanOrEqual(hours + 1);
    if (start !== "02:30") expect(count, `${day} from ${start}`).toBe(hours);
  }
});

test("the days around a day, over the end of a year", () => {
  expect(aroundDay("2027-01-01")).toEqual(["2026-12-31", "2027-01-01", "2027-01-02"]);
});
