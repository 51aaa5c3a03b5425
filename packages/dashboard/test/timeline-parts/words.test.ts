import { expect, test } from "vitest";
import { Calendar } from "../../src/page/timeline-parts/calendar.ts";
import { busyPart } from "../../src/page/timeline-parts/day-stretch.ts";
import { gathered, named } from "../../src/page/timeline-parts/reasons.ts";
import { durationText } from "../../src/page/text/index.ts";
import {
  bandTexts,
  dayName,
  shortDuration,
  spanText,
  stretchTitle,
  tickText,
} from "../../src/page/timeline-parts/words.ts";

const calendar = new Calendar("Europe/Berlin");
const ms = (text: string) => Date.parse(`2026-11-${text}:00+01:00`);
const title = (fromMs: number, toMs: number) => stretchTitle({ fromMs, toMs }, calendar, "en-GB");

test("a duration fits where there is little room, and is the one that stands where there is more", () => {
  expect([20_520, 59, 360_000].map(shortDuration)).toEqual(["5:42", "0:00", "100:00"]);
  for (const seconds of [3_600, 3_659.9, 4_919, 35_999.999])
    expect(shortDuration(seconds)).toBe(durationText(seconds).replace(" h ", ":").replace(" min", ""));
});

test("a stretch is called what people call it", () => {
  expect(title(ms("21T00:00"), ms("22T00:00"))).toMatch(/^Saturday,? 21 November 2026$/);
  expect(title(ms("21T09:00"), ms("21T17:00"))).toMatch(/^Saturday,? 21 November 2026, 09:00–17:00$/);
  expect(title(ms("16T00:00"), ms("23T00:00"))).toMatch(/^16\s?–\s?22 November 2026$/);
  expect(title(ms("20T22:00"), ms("21T03:00"))).toMatch(/20 Nov.*22:00.*21 Nov.*03:00/);
});

test("a day is named as people of a place write it, the day of the week first where they do not care", () => {
  const name = (locale: string) => dayName(ms("22T12:00"), calendar, locale);
  expect(["en-US", "en-GB"].map(name)).toEqual(["Sun 22", "Sun 22"]);
  expect(name("de-DE")).toMatch(/^So\.?, 22\.$/);
  expect(name("ja-JP")).toBe("22日(日)");
  expect(tickText(ms("22T12:00"), "day", calendar, "en-US")).toBe("Sun 22");
  expect(bandTexts(ms("22T12:00"), "day", calendar, "en-US")[2]).toBe("Sun 22");
});

test("seconds appear where a stretch is shorter than two minutes", () => {
  const fromMs = ms("21T09:00");
  expect(spanText({ fromMs, toMs: fromMs + 38_000 }, calendar, undefined, "en-GB")).toBe("09:00:00–09:00:38");
  expect(spanText({ fromMs, toMs: fromMs + 3_600_000 }, calendar, undefined, "en-GB")).toBe("09:00–10:00");
});

test("reasons that differ in their figures only are one", () => {
  const reasons = ["1 change to files", "keyboard or mouse", "14 changes to files", "3 changes to files", "2 commits"];
  expect(gathered(reasons)).toEqual(["changes to files", "keyboard or mouse", "2 commits"]);
  expect(named(["a", "b", "c", "d"], 2)).toEqual({ shown: ["a", "b"], more: 2 });
  expect(named(["a", "b", "c"], 2)).toEqual({ shown: ["a", "b", "c"], more: 0 });
});

test("of today the busy part is drawn, of a day without anything the whole", () => {
  const day = { fromMs: ms("21T00:00"), toMs: ms("22T00:00") };
  const nothing = busyPart(day, [], ms("23T10:00"), calendar);
  expect(nothing).toEqual(day);
  const work = [{ fromMs: ms("21T08:10"), toMs: ms("21T09:50") }];
  expect(busyPart(day, work, ms("21T10:05"), calendar)).toEqual({ fromMs: ms("21T08:00"), toMs: ms("21T18:00") });
  const late = [{ fromMs: ms("21T22:10"), toMs: ms("21T22:50") }];
  expect(busyPart(day, late, ms("21T23:05"), calendar)).toEqual({ fromMs: ms("21T14:00"), toMs: ms("22T00:00") });
  const long = [{ fromMs: ms("21T00:30"), toMs: ms("21T22:50") }];
  expect(busyPart(day, long, ms("21T23:05"), calendar)).toEqual(day);
});
