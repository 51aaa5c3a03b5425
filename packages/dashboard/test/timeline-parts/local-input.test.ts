import { expect, test } from "vitest";
import { Calendar } from "../../src/page/timeline-parts/calendar.ts";
import { inputOf, momentOf } from "../../src/page/timeline-parts/local-input.ts";

const calendar = new Calendar("Asia/Kolkata");
const atMs = Date.UTC(2026, 10, 21, 4);

test("a moment is written as the zone's clocks show it, and read back, with its seconds or without", () => {
  expect(inputOf(atMs, calendar)).toBe("2026-11-21T09:30:00");
  expect(momentOf("2026-11-21T09:30:00", calendar)).toBe(atMs);
  expect(momentOf("2026-11-21T09:30", calendar)).toBe(atMs);
  expect(momentOf("2026-11-21T09:30:00.250", calendar)).toBe(atMs + 250);
});

test("what names no moment is none", () => {
  for (const input of ["", "2026-11-21", "2026-02-30T09:30", "2026-02-30T09:30:00", "2026-11-21T24:00", "soon"]) {
    expect(momentOf(input, calendar)).toBeNull();
  }
});
