import { expect, test } from "vitest";
import { foldTimeline } from "../../src/index.ts";
import {
  at,
  atMs,
  collectorId,
  happened,
  idle,
  passive,
  policy,
  recordsOf,
  timelineOf,
  times,
  worked,
} from "./records.ts";

test("without records there is no work", () => {
  expect(timelineOf()).toEqual({ segments: [], open: null, infrequent: [] });
});

test("a segment lasts from its first span's start to its last resetting span's end, the cooldown is not work", () => {
  const { segments, open } = timelineOf(policy(0), worked(60, 50), worked(400, 30), idle(460));
  expect(open).toBeNull();
  expect(segments).toEqual([
    {
      id: "c0:2",
      start: at(10),
      end: at(400),
      duration_s: 390,
      resets_count: 1,
      labels: ["folder"],
      reasons: ["edits"],
      aggregated: {},
      gaps: [],
      confidence: "observed",
    },
  ]);
});

test("silence of exactly the cooldown still belongs to the segment, a millisecond more does not", () => {
  const rules = policy(0, { cooldown_seconds: 100 });
  expect(times(timelineOf(rules, worked(50, 10), worked(160, 10)))).toEqual([[40, 160, 120]]);
  expect(times(timelineOf(rules, worked(50, 10), worked(160.001, 10)))).toEqual([
    [40, 50, 10],
    [150.001, 160.001, 10],
  ]);
});

test("a segment stays open until the clock passes its end and the cooldown", () => {
  const records = recordsOf(policy(0, { cooldown_seconds: 100 }), worked(50, 10));
  const when = (s: number) => foldTimeline(records, { collectorId, nowMs: atMs(s) });
  expect(when(150).open?.id).toBe("c0:2");
  expect(when(150).segments).toEqual([]);
  expect(when(150.001).open).toBeNull();
  expect(when(150.001).segments).toHaveLength(1);
});

test("a long quiet window never becomes work: a summary stands for the flush interval at most", () => {
  expect(times(timelineOf(policy(0, { flush_interval_s: 60 }), worked(3600, 3600)))).toEqual([[3540, 3600, 60]]);
});

test("a summary without interval reaches back to the one before of the same instance, idle ones included", () => {
  expect(times(timelineOf(policy(0), idle(80), worked(100), worked(95, 1, "git")))).toEqual([[80, 100, 20]]);
  expect(times(timelineOf(policy(0), idle(80, "git"), worked(100)))).toEqual([[40, 100, 60]]);
});

test("a stamp in the future counts as the moment of receipt", () => {
  expect(times(timelineOf({ ...worked(90_000, 30), received_at: at(500) }))).toEqual([[470, 500, 30]]);
});

test("idle and passive summaries are listed inside a segment and neither open nor extend one", () => {
  const { segments } = timelineOf(
    idle(10, "git"),
    passive(20),
    worked(60, 30),
    passive(70),
    idle(80, "git"),
    worked(100, 10),
  );
  expect(segments).toHaveLength(1);
  expect(segments[0]).toMatchObject({ start: at(30), end: at(100), resets_count: 1, reasons: ["edits"] });
  expect(segments[0]?.labels).toEqual(["folder", "git", "load"]);
});

test("a monitor's event is a moment; it resets unless the policy says otherwise", () => {
  const mon = (resets_cooldown: boolean) => ({ mon: { resets_cooldown, infrequent: false, data_header: "items" } });
  expect(times(timelineOf(policy(0, { agents: mon(true) }), happened(10, []), happened(40, [])))).toEqual([
    [10, 40, 30],
  ]);
  expect(times(timelineOf(policy(0, { agents: mon(false) }), happened(10, []), happened(40, [])))).toEqual([]);
  expect(times(timelineOf(happened(10, [])))).toEqual([[10, 10, 0]]);
});

test("a label whose policy resets nothing keeps its summaries from resetting as well", () => {
  const agents = { git: { resets_cooldown: false, infrequent: false, data_header: null } };
  const { segments } = timelineOf(policy(0, { agents }), worked(60, 30), worked(90, 30, "git"), worked(120, 10));
  expect(segments).toMatchObject([{ start: at(30), end: at(120), resets_count: 1, labels: ["folder", "git"] }]);
});

test("infrequent events are entries of their own and no part of any segment", () => {
  const agents = { mon: { resets_cooldown: true, infrequent: true, data_header: "items" } };
  const { segments, infrequent } = timelineOf(policy(0, { agents }), worked(60, 30), happened(45, ["disk full"]));
  expect(segments).toMatchObject([{ labels: ["folder"], aggregated: {} }]);
  const data = { event: "seen", payload: { items: ["disk full"] } };
  expect(infrequent).toEqual([{ at: at(45), seq: 3, label: "mon", event: "seen", data }]);
});

test("spans that start together are told apart by instance, so the same record opens the segment in any order", () => {
  const [a, b] = [worked(60, 30, "a"), worked(60, 30, "b")];
  expect(timelineOf(b, a).segments[0]?.id).toBe("c0:2");
  expect(timelineOf(a, b).segments[0]?.id).toBe("c0:1");
});

test("an erased body is no work, and an erasure takes its record out of a fold that still knows it", () => {
  const erasure = { kind: "erasure", data: { seq: 1, leaf: "", by: "me", why: "a title" } };
  expect(times(timelineOf({ ...worked(60, 30), message: {} }, worked(300, 30), erasure))).toEqual([[270, 300, 30]]);
  expect(times(timelineOf(worked(60, 30), worked(300, 30), erasure))).toEqual([[270, 300, 30]]);
});
