import { expect, test } from "vitest";
import { partsOfTime } from "../../src/telemetry/parts-of-time.ts";

const berlin = { timeZone: "Europe/Berlin", dayStart: "00:00" };
const begin = (by: "day" | "week" | "month" | "hour", at: string, local = berlin) =>
  new Date(partsOfTime(local, by)(Date.parse(at))).toISOString();

test("hours, days, weeks from Monday and months begin as people there count them", () => {
  const saturday = "2026-11-21T18:24:41.856Z";
  expect(begin("hour", saturday)).toBe("2026-11-21T18:00:00.000Z");
  expect(begin("day", saturday)).toBe("2026-11-20T23:00:00.000Z");
  expect(begin("week", saturday)).toBe("2026-11-15T23:00:00.000Z");
  expect(begin("month", saturday)).toBe("2026-10-31T23:00:00.000Z");
});

test("a week or a month in which clocks change begins at its own midnight", () => {
  expect(begin("week", "2026-03-29T12:00:00Z")).toBe("2026-03-22T23:00:00.000Z");
  expect(begin("month", "2026-03-31T12:00:00Z")).toBe("2026-02-28T23:00:00.000Z");
  expect(begin("month", "2026-10-31T12:00:00Z")).toBe("2026-09-30T22:00:00.000Z");
});

test("who works past midnight is still in the last week, and in the last month", () => {
  const late = { timeZone: "UTC", dayStart: "04:00" };
  expect(begin("week", "2026-11-23T03:59:00Z", late)).toBe("2026-11-16T04:00:00.000Z");
  expect(begin("week", "2026-11-23T04:00:00Z", late)).toBe("2026-11-23T04:00:00.000Z");
  expect(begin("month", "2026-12-01T03:59:00Z", late)).toBe("2026-11-01T04:00:00.000Z");
});
