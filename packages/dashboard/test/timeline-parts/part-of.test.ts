import { expect, test } from "vitest";
import { Calendar } from "../../src/page/timeline-parts/calendar.ts";
import { beganBefore, partOf } from "../../src/page/timeline-parts/part-of.ts";

const calendar = new Calendar("Europe/Berlin");
const at = (text: string) => `2026-11-${text}:00+01:00`;
const ms = (text: string) => Date.parse(at(text));
const today = { fromMs: ms("22T00:00"), toMs: ms("23T00:00") };
const gap = { from: at("22T01:00"), to: at("22T01:30"), reason: "suspend" as const };

function segment(from: string, to: string, gaps: (typeof gap)[] = []) {
  const lostMs = gaps.length * 1_800_000;
  const duration_s = (ms(to) - ms(from) - lostMs) / 1_000;
  return { id: "c:1", start: at(from), end: at(to), gaps, confidence: "observed" as const, duration_s };
}

test("of a segment that began yesterday only today's part is counted, its gaps left out", () => {
  const night = segment("21T22:10", "22T07:15");
  expect(partOf(night, today)).toBe(7.25 * 3_600);
  expect(partOf(night)).toBe(9 * 3_600 + 300);
  expect(partOf(segment("21T22:10", "22T07:15", [gap]), today)).toBe(6.75 * 3_600);
  expect(partOf(segment("22T08:00", "22T09:00"), today)).toBe(3_600);
});

test("where it began is said, and how long it is in all", () => {
  const told = (from: string) => beganBefore(segment(from, "22T07:15"), today, calendar, "en-GB");
  expect(told("21T22:10")).toBe("began yesterday 22:10, 9 h 05 min in all");
  expect(told("20T23:15")).toBe("began Fri 20 23:15, 32 h 00 min in all");
  expect(told("22T00:00")).toBeNull();
});
