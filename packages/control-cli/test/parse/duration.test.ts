import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CliError } from "../../src/error.ts";
import { parseDuration } from "../../src/parse/duration.ts";

test("seconds, minutes, hours and their sums are understood", () => {
  expect(parseDuration("30s")).toBe(30_000);
  expect(parseDuration("5m")).toBe(300_000);
  expect(parseDuration("2h")).toBe(7_200_000);
  expect(parseDuration("1h30m")).toBe(5_400_000);
  expect(parseDuration("250ms")).toBe(250);
  expect(parseDuration("1.5h")).toBe(5_400_000);
  expect(parseDuration(" 2D ")).toBe(172_800_000);
});

test("a bare number means seconds", () => {
  expect(parseDuration("90")).toBe(90_000);
});

test("everything else is refused and told what to write", () => {
  for (const text of ["", "s", "30x", "-5s", "0s", "5 m", "1h 30", "1e3s", "Infinity", "30s!"]) {
    expect(() => parseDuration(text), text).toThrow(CliError);
  }
  expect(() => parseDuration("soon")).toThrow(expect.objectContaining({ code: "invalid-duration", exitCode: 2 }));
});

test("whole seconds written with any unit come back as those milliseconds", () => {
  const units = fc.constantFrom<[string, number]>(["s", 1000], ["m", 60_000], ["h", 3_600_000], ["d", 86_400_000]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), units, (amount, [unit, size]) => {
      expect(parseDuration(`${amount}${unit}`)).toBe(amount * size);
    }),
    { numRuns: 200 },
  );
});
