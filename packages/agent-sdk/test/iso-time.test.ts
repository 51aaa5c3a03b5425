import { expect, test } from "vitest";
import { isoTime } from "../src/iso-time.ts";

test("a time is written as toISOString writes it", () => {
  const times = [
    0, 1, -1, 951_782_399_999, 1_700_000_000_000, 253_402_300_799_999, 253_402_300_800_000, -62_200_000_000_000,
  ];
  for (let index = 0; index < 2000; index++) times.push(Math.floor(index * 2_111_111_111.7));
  for (const wallMs of times) expect(isoTime(wallMs)).toBe(new Date(wallMs).toISOString());
});

test("a time that is none throws, as toISOString does", () => {
  expect(() => isoTime(Number.NaN)).toThrow(RangeError);
});
