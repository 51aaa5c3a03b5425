import { expect, test } from "vitest";
import { at, corrected, gap, imported, policy, timelineOf, times, worked } from "./records.ts";

test("a short suspend stays inside a segment and is left out of its duration", () => {
  const timeline = timelineOf(worked(60, 60), gap(100, 400), worked(450, 30));
  expect(times(timeline)).toEqual([[0, 450, 150]]);
  expect(timeline.segments[0]?.gaps).toEqual([{ from: at(100), to: at(400), reason: "suspend" }]);
});

test("a gap longer than the cooldown closes the segment even where a span reaches into it", () => {
  const timeline = timelineOf(policy(0, { cooldown_seconds: 300 }), worked(60, 60), gap(40, 350), worked(355, 30));
  expect(times(timeline)).toEqual([
    [0, 40, 40],
    [350, 355, 5],
  ]);
});

test("overlapping gaps are left out once", () => {
  const timeline = timelineOf(worked(60, 60), gap(100, 300), gap(200, 400, "stall"), worked(450, 30));
  expect(times(timeline)).toEqual([[0, 450, 150]]);
  expect(timeline.segments[0]?.gaps).toEqual([
    { from: at(100), to: at(300), reason: "suspend" },
    { from: at(300), to: at(400), reason: "stall" },
  ]);
});

test("what one agent missed hinders nobody", () => {
  expect(times(timelineOf(worked(60, 60), gap(100, 400, "missing-seq", "git"), worked(450, 30)))).toEqual([
    [0, 450, 450],
  ]);
});

test("while the collector is down imports may tell what happened, while the machine sleeps nobody may", () => {
  const import5 = imported(1000, 5000, "a");
  expect(times(timelineOf(gap(2000, 9000, "collector-down"), import5))).toEqual([[1000, 5000, 4000]]);
  expect(times(timelineOf(gap(2000, 9000, "suspend"), import5))).toEqual([[1000, 2000, 1000]]);
});

test("what an agent stamped while the collector was down counts, what reaches back over its start does not", () => {
  const down = gap(1000, 3000, "collector-down");
  expect(times(timelineOf(down, worked(1030, 40)))).toEqual([[990, 1030, 40]]);
  expect(times(timelineOf(down, worked(3030, 60)))).toEqual([[3000, 3030, 30]]);
});

test("an import cut in two by a suspend makes two segments with two ids", () => {
  const { segments } = timelineOf(imported(0, 6000, "a"), gap(2000, 4000));
  expect(segments.map(({ id, start, end }) => [id, start, end])).toEqual([
    ["c0:1", at(0), at(2000)],
    ["c0:2", at(4000), at(6000)],
  ]);
});

test("a correction to work gives back what a gap took", () => {
  const timeline = timelineOf(worked(60, 60), gap(100, 400), worked(450, 30), corrected(50, 450, "work", "on paper"));
  expect(times(timeline)).toEqual([[0, 450, 450]]);
  expect(timeline.segments[0]).toMatchObject({ gaps: [], reasons: ["edits", "on paper"], confidence: "observed" });
});
