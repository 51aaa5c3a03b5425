import { expect, test } from "vitest";
import { agoText, bytesText, durationCode, durationText, plural } from "../../src/page/text/index.ts";

test("a duration is as exact as one wants to read it", () => {
  expect([0, 59.9, 60, 3_599, 3_600, 14_700].map(durationText)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "59 min",
    "1 h 00 min",
    "4 h 05 min",
  ]);
  expect(durationText(-3)).toBe("0 s");
  expect(durationCode(61.4)).toBe("PT61S");
});

test("a moment is so long ago, or so far away", () => {
  const ago = (seconds: number) => agoText(0, seconds * 1000);
  expect([1, 12, 200, 7_200, 200_000, -300].map(ago)).toEqual([
    "just now",
    "12 s ago",
    "3 min ago",
    "2 h 00 min ago",
    "2 days ago",
    "in 5 min",
  ]);
});

test("bytes and counts", () => {
  expect([0, 1_023, 1_024, 12_700, 300 * 1024 ** 2].map(bytesText)).toEqual([
    "0 B",
    "1,023 B",
    "1 KiB",
    "12.4 KiB",
    "300 MiB",
  ]);
  expect([plural(1, "record"), plural(0, "record"), plural(2_000, "entry", "entries")]).toEqual([
    "1 record",
    "0 records",
    "2,000 entries",
  ]);
});
