import fc from "fast-check";
import { expect, test } from "vitest";
import { Calendar } from "../../src/page/timeline-parts/calendar.ts";
import { columnsOf } from "../../src/page/timeline-parts/columns.ts";
import { gapsIn } from "../../src/page/timeline-parts/gaps.ts";
import { commonGaps, timedLanes } from "../../src/page/timeline-parts/lane-spans.ts";
import { scaleOf } from "../../src/page/timeline-parts/scale.ts";
import { storyOf } from "../../src/page/timeline-parts/story.ts";
import { lengthOf } from "../../src/page/timeline-parts/stretch.ts";
import { tileOf } from "../../src/page/timeline-parts/tile.ts";
import { neighbour } from "../../src/page/timeline-parts/whole-unit.ts";

const at = (clock: string) => `2026-11-21T${clock}:00.000Z`;
const ms = (clock: string) => Date.parse(at(clock));
const stretch = (from: string, to: string) => ({ fromMs: ms(from), toMs: ms(to) });
const rest = { resets_count: 0, labels: [], reasons: [], aggregated: {}, gaps: [], confidence: "observed" as const };
const segment = (id: string, from: string, to: string) => {
  return { id, start: at(from), end: at(to), duration_s: (ms(to) - ms(from)) / 1_000, ...rest };
};
const span = (from: string, to: string, kind: "worked" | "idle" | "gap", confidence: "observed" | "reconstructed") => {
  return { start: at(from), end: at(to), kind, confidence, records: 1 };
};

test("a tile holds what is looked at with room on both sides, finer than a pixel, and stays for a little way", () => {
  const looked = fc.tuple(fc.integer({ min: 0, max: 2 ** 41 }), fc.integer({ min: 60_000, max: 2 ** 35 }));
  fc.assert(
    fc.property(looked, ([fromMs, lengthMs]) => {
      const { range, resolution_s } = tileOf({ fromMs, toMs: fromMs + lengthMs });
      expect(range.fromMs).toBeLessThanOrEqual(fromMs - lengthMs / 4);
      expect(range.toMs).toBeGreaterThanOrEqual(fromMs + lengthMs * 1.25);
      expect(lengthOf(range)).toBeLessThanOrEqual(lengthMs * 4.01);
      expect(resolution_s).toBeLessThanOrEqual(Math.max(1, lengthOf(range) / 2_000_000));
    }),
  );
  const hour = stretch("10:00", "11:00");
  const moved = { fromMs: hour.fromMs + 60_000, toMs: hour.toMs + 60_000 };
  expect(tileOf(moved).key).toBe(tileOf(hour).key);
});

test("what all lanes miss is a gap, however their gaps lie to each other", () => {
  const lane = (label: string, ...gaps: [string, string][]) => {
    return {
      label,
      plugin_id: null,
      mode: "active" as const,
      spans: gaps.map(([a, b]) => span(a, b, "gap", "observed")),
    };
  };
  const one = lane("one", ["08:00", "09:00"], ["10:00", "11:00"], ["12:00", "13:00"]);
  const other = lane("other", ["08:30", "10:30"], ["10:45", "11:00"], ["12:30", "14:00"]);
  const both = commonGaps(timedLanes([one, other])).map(({ fromMs, toMs }) => ({ fromMs, toMs }));
  expect(both).toEqual([
    stretch("08:30", "09:00"),
    stretch("10:00", "10:30"),
    stretch("10:45", "11:00"),
    stretch("12:30", "13:00"),
  ]);
});

test("work that nobody saw has a look of its own; a person's word that there was none has not", () => {
  const spans = [span("08:00", "09:00", "worked", "reconstructed"), span("09:00", "10:00", "idle", "reconstructed")];
  const [passive, lane] = [
    { label: "load", plugin_id: null, mode: "passive" as const, spans: [] },
    { label: "corrections", plugin_id: null, mode: "active" as const, spans },
  ];
  const lanes = timedLanes([passive, lane]);
  expect(lanes.map(({ label }) => label)).toEqual(["corrections", "load"]);
  expect(lanes[0]?.spans.map(({ kind }) => kind)).toEqual(["reconstructed", "idle"]);
});

test("between work there is a pause, or a gap where nobody looked for most of it", () => {
  const work = [segment("c:1", "08:00", "09:00"), segment("c:2", "10:00", "11:00")];
  const kinds = (to: string) =>
    storyOf(work, [{ ...stretch("09:00", to), reason: "suspend" }], "c:2").map(({ kind }) => kind);
  expect(kinds("09:20")).toEqual(["work", "pause", "work"]);
  expect(kinds("09:40")).toEqual(["work", "gap", "work"]);
});

test("a pause begins where the last work ended, were it not the last to begin", () => {
  const work = [segment("c:1", "08:00", "10:00"), segment("c:2", "08:30", "09:00"), segment("c:3", "10:30", "11:00")];
  const [, , pause] = storyOf(work, [], null);
  expect(pause).toMatchObject({ kind: "pause", ...stretch("10:00", "10:30") });
});

test("what one agent alone missed is no gap of all", () => {
  const data = { reason: "missing-seq", from: at("08:00"), to: at("09:00") };
  const gap = { seq: 1, kind: "gap", received_at: at("10:00"), salt: "", data };
  expect(gapsIn([{ ...gap, instance_id: "i", agent_label: "files" }] as never)).toEqual([]);
  expect(gapsIn([gap] as never)).toHaveLength(1);
});

test("after a day comes the next, after anything else as much time again", () => {
  const calendar = new Calendar("UTC");
  const day = { fromMs: ms("00:00"), toMs: ms("00:00") + 86_400_000 };
  expect(neighbour(day, 1, calendar).fromMs).toBe(day.toMs);
  expect(neighbour(day, -1, calendar).toMs).toBe(day.fromMs);
  expect(neighbour(stretch("09:10", "09:30"), 1, calendar)).toEqual(stretch("09:30", "09:50"));
});

test("a minute of work in a day is still a column to be seen", () => {
  const day = {
    date: "2026-11-21",
    start: at("00:00"),
    end: "2026-11-22T00:00:00.000Z",
    worked_s: 60,
    reconstructed_s: 0,
  };
  const scale = scaleOf({ fromMs: ms("00:00"), toMs: ms("00:00") + 7 * 86_400_000 }, 700);
  expect(columnsOf([day], scale, 100, 36_000)).toMatchObject([{ height: 2, reconstructed: 0, width: 88 }]);
});
