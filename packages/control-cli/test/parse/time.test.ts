import * as fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { parseRange, parseTime, startOfDay } from "../../src/parse/time.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const iso = (text: string) => new Date(parseTime(text, NOW)).toISOString();

afterEach(() => {
  vi.unstubAllEnvs();
});

test("a time with a zone means that instant", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  expect(iso("2026-11-21T09:30Z")).toBe("2026-11-21T09:30:00.000Z");
  expect(iso("2026-11-21T09:30:15.25+01:00")).toBe("2026-11-21T08:30:15.250Z");
  expect(iso("2026-11-21T09:30-05:30")).toBe("2026-11-21T15:00:00.000Z");
});

test("a time without a zone is local", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  expect(iso("2026-11-21T09:30")).toBe("2026-11-21T08:30:00.000Z");
  expect(iso("2026-07-21 09:30:59")).toBe("2026-07-21T07:30:59.000Z");
});

test("a date is the first instant of that local day", () => {
  vi.stubEnv("TZ", "America/New_York");
  expect(iso("2026-11-21")).toBe("2026-11-21T05:00:00.000Z");
  vi.stubEnv("TZ", "Asia/Kolkata");
  expect(iso("2026-11-21")).toBe("2026-11-20T18:30:00.000Z");
});

test("a day on which clocks change has 23 or 25 hours", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  const hours = (day: string, next: string) => (parseTime(next, NOW) - parseTime(day, NOW)) / 3_600_000;
  expect(hours("2026-03-29", "2026-03-30")).toBe(23);
  expect(hours("2026-10-25", "2026-10-26")).toBe(25);
  expect(startOfDay(Date.parse("2026-10-25T12:00:00Z"), 1)).toBe(parseTime("2026-10-26", NOW));
});

test("a local time that the clocks skip lies as long after they went forward, and one that comes twice is the first", () => {
  for (const [zone, skipped, later, twice, first] of [
    ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
    [
      "America/New_York",
      "2026-03-08T02:00",
      "2026-03-08T07:00:00.000Z",
      "2026-11-01T01:59",
      "2026-11-01T05:59:00.000Z",
    ],
  ] as const) {
    vi.stubEnv("TZ", zone);
    expect(iso(skipped)).toBe(later);
    expect(iso(twice)).toBe(first);
  }
});

test("a day whose midnight does not exist begins with its first instant", () => {
  vi.stubEnv("TZ", "America/Santiago");
  expect(iso("2026-09-06")).toBe("2026-09-06T04:00:00.000Z");
});

test("words for days are local days", () => {
  vi.stubEnv("TZ", "Pacific/Auckland");
  expect(iso("today")).toBe("2026-11-21T11:00:00.000Z");
  expect(iso("Yesterday")).toBe("2026-11-20T11:00:00.000Z");
  expect(iso("tomorrow")).toBe("2026-11-22T11:00:00.000Z");
  expect(parseTime("now", NOW)).toBe(NOW);
});

test("what is no time is refused", () => {
  for (const text of [
    "",
    "2026-13-01",
    "2026-02-29",
    "2026-02-30",
    "2026-02-30T10:00Z",
    "2026-04-31T10:00",
    "2026-11-21T24:00",
    "2026-11-21T10:60",
    "2026-11-21T10:00:60",
    "2026-11-21T10:00+24:00",
    "21.11.2026",
    "2026-11-21T9:30",
    "noon",
  ]) {
    expect(() => parseTime(text, NOW), text).toThrow(expect.objectContaining({ code: "invalid-time", exitCode: 2 }));
  }
});

test("what toISOString writes is read back to the millisecond", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.parse("2099-01-01T00:00:00Z") }), (atMs) => {
      expect(parseTime(new Date(atMs).toISOString(), NOW)).toBe(atMs);
    }),
    { numRuns: 200 },
  );
});

test("a range without ends is open, and one with no time in it is refused with the way out", () => {
  expect(parseRange({}, NOW)).toEqual({});
  expect(parseRange({ from: "2026-11-20T00:00Z" }, NOW)).toEqual({ fromMs: Date.parse("2026-11-20T00:00:00Z") });
  for (const [name, given] of [
    ["--from", { from: "2026-02-30" }],
    ["--to", { to: "2026-02-30" }],
  ] as const) {
    expect(() => parseRange(given, NOW)).toThrow(
      expect.objectContaining({
        message: `${name} "2026-02-30" is not a time`,
        hint: expect.stringContaining("2026-11-21") as string,
      }),
    );
  }
  expect(() => parseRange({ from: "2026-11-21", to: "2026-11-21" }, NOW)).toThrow(
    expect.objectContaining({ code: "invalid-time", hint: expect.stringContaining("next day") as string }),
  );
});
