import { expect, test } from "vitest";
import { at, corrected, imported, timelineOf, times, worked } from "./records.ts";

const hour = [worked(60, 60), worked(660, 60), worked(1260, 60), worked(1860, 60)];

test("idle time at a border trims the segment, which keeps its id", () => {
  const { segments } = timelineOf(...hour, corrected(-100, 300, "idle"), corrected(1500, 2000, "idle"));
  expect(segments).toMatchObject([{ id: "c0:1", start: at(300), end: at(1500), duration_s: 1200, resets_count: 1 }]);
});

test("idle time in the middle makes two segments; the correction opens the second", () => {
  const { segments } = timelineOf(...hour, corrected(700, 900, "idle"));
  expect(segments).toMatchObject([
    { id: "c0:1", start: at(0), end: at(700), duration_s: 700, resets_count: 1 },
    { id: "c0:5", start: at(900), end: at(1860), duration_s: 960, resets_count: 1 },
  ]);
});

test("idle time over all of a segment leaves nothing", () => {
  expect(timelineOf(...hour, corrected(0, 1860, "idle")).segments).toEqual([]);
});

test("work that nobody observed is a segment of its own, marked as reconstructed, with the note as its reason", () => {
  const { segments } = timelineOf(corrected(0, 600, "work", "meeting"));
  expect(segments).toMatchObject([
    { id: "c0:1", duration_s: 600, resets_count: 0, labels: [], reasons: ["meeting"], confidence: "reconstructed" },
  ]);
});

test("work joins the segments it touches and nothing beyond: corrections know no cooldown", () => {
  const told = [worked(60, 60), worked(1260, 60), worked(2460, 60)];
  const { segments } = timelineOf(...told, corrected(60, 1200, "work"));
  expect(segments).toMatchObject([
    { id: "c0:1", start: at(0), end: at(1260), resets_count: 1, confidence: "reconstructed" },
    { id: "c0:3", start: at(2400), end: at(2460) },
  ]);
});

test("of two corrections the later one counts", () => {
  expect(times(timelineOf(...hour, corrected(0, 1000, "idle"), corrected(500, 1000, "work")))).toEqual([
    [500, 1860, 1360],
  ]);
  expect(times(timelineOf(...hour, corrected(500, 1000, "work"), corrected(0, 1000, "idle")))).toEqual([
    [1000, 1860, 860],
  ]);
});

test("imports with one external id count once, and the first recorded wins", () => {
  const timeline = timelineOf(imported(0, 1800, "a"), imported(100, 1900, "a"), imported(3600, 5400, "b"));
  expect(times(timeline)).toEqual([
    [0, 1800, 1800],
    [3600, 5400, 1800],
  ]);
  expect(timeline.segments).toMatchObject([
    { confidence: "reconstructed", labels: ["git-activity"], reasons: ["git"] },
    { confidence: "reconstructed" },
  ]);
});

test("a segment with one reconstructed span is reconstructed, an import somebody observed is not", () => {
  expect(timelineOf(worked(60, 60), imported(30, 90, "a")).segments).toMatchObject([{ confidence: "reconstructed" }]);
  expect(timelineOf(imported(30, 90, "a", "observed")).segments).toMatchObject([{ confidence: "observed" }]);
});
