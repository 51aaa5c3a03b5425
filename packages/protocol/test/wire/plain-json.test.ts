import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseTimestamp } from "../../src/wire/index.ts";
import { TIME } from "../../src/wire/plain-json.ts";
import { anyTimestamp } from "../any-message.ts";

const plain = new RegExp(`^${TIME}$`);
const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, "0"));
const near = fc
  .tuple(fc.constantFrom("2024", "2025", "1900", "2000"), two, two, two, two, two)
  .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day}T${hour}:${minute}:${second}Z`);

test("a plain time is a time, and every time but those of a 29 February is plain", () => {
  const isTime = (text: string) => parseTimestamp(text) !== null && text.slice(5, 10) !== "02-29";
  fc.assert(
    fc.property(fc.oneof(anyTimestamp, near, fc.string()), (text) => {
      expect([text, plain.test(text)]).toEqual([text, isTime(text)]);
    }),
    { numRuns: 3000 },
  );
});

test("every day of a year is as the calendar has it", () => {
  for (let month = 0; month <= 13; month++)
    for (let day = 0; day <= 32; day++) {
      const text = `2025-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}T00:00Z`;
      expect([text, plain.test(text)]).toEqual([text, parseTimestamp(text) !== null]);
    }
});
