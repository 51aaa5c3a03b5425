import { expect, test } from "vitest";
import { foldTimeline, LiveTimeline } from "../../src/index.ts";
import { atMs, collectorId, policy, recordsOf, timelineOf, times, worked } from "./records.ts";

test("without a policy the cooldown is ten minutes and a summary stands for a minute at most", () => {
  expect(times(timelineOf(worked(700, 300), worked(1340, 40)))).toEqual([[640, 1340, 700]]);
  expect(times(timelineOf(worked(700, 300), worked(1341, 40)))).toHaveLength(2);
});

test("before the first policy the first is in force", () => {
  expect(times(timelineOf(policy(5000, { flush_interval_s: 10 }), worked(60, 30)))).toEqual([[50, 60, 10]]);
});

test("each record falls under the policy of its event time, however late it is told", () => {
  const told = [
    policy(0, { flush_interval_s: 10 }),
    policy(1000, { flush_interval_s: 50 }),
    worked(2000, 60),
    worked(900, 60),
  ];
  expect(times(timelineOf(...told))).toEqual([
    [890, 900, 10],
    [1950, 2000, 50],
  ]);
});

test("of two policies of one moment the later told counts", () => {
  const told = [policy(0, { flush_interval_s: 10 }), policy(0, { flush_interval_s: 20 }), worked(60, 60)];
  expect(times(timelineOf(...told))).toEqual([[40, 60, 20]]);
});

test("the cooldown is that of the segment's end, so a late span can end a segment sooner", () => {
  const rules = [policy(0, { cooldown_seconds: 600 }), policy(100, { cooldown_seconds: 10 })];
  const [before, after, between] = [worked(95, 10), worked(300, 10), worked(105, 5)];
  expect(times(timelineOf(...rules, before, after))).toEqual([[85, 300, 215]]);
  const split = [
    [85, 105, 20],
    [290, 300, 10],
  ];
  expect(times(timelineOf(...rules, before, after, between))).toEqual(split);
  const live = new LiveTimeline({ collectorId });
  for (const record of recordsOf(...rules, before, after, between)) live.add(record);
  expect(times(live.snapshot(Number.POSITIVE_INFINITY))).toEqual(split);
});

test("a late span that joins two segments also shortens the cooldown inside what it joined", () => {
  const rules = [
    policy(0, { cooldown_seconds: 30 }),
    policy(100, { cooldown_seconds: 600 }),
    policy(140, { cooldown_seconds: 10 }),
  ];
  const told = [worked(60, 10), worked(120, 10), worked(138, 5), worked(300, 10), { ...worked(142, 60) }];
  const live = new LiveTimeline({ collectorId });
  for (const record of recordsOf(...rules, ...told)) live.add(record);
  expect(live.snapshot(Number.POSITIVE_INFINITY)).toEqual(timelineOf(...rules, ...told));
  expect(times(timelineOf(...rules, ...told))).toEqual([
    [50, 142, 92],
    [290, 300, 10],
  ]);
});

test("a segment that begins as a moment loses the agents that stopped watching just then", () => {
  const agents = { git: { resets_cooldown: false, infrequent: false, data_header: null } };
  const told = [policy(0, { agents }), worked(100, 0), worked(100, 30, "git"), worked(160, 30)];
  const live = new LiveTimeline({ collectorId });
  for (const record of recordsOf(...told)) live.add(record);
  expect(live.snapshot(Number.POSITIVE_INFINITY)).toEqual(timelineOf(...told));
  expect(timelineOf(...told).segments).toMatchObject([{ labels: ["folder"] }]);
});

test("a segment shorter than the policy at its end wants is left out once it is closed", () => {
  const records = recordsOf(policy(0, { minimum_segment_s: 30 }), worked(60, 29), worked(900, 30));
  expect(times(foldTimeline(records, { collectorId, nowMs: atMs(9999) }))).toEqual([[870, 900, 30]]);
  expect(foldTimeline(records.slice(0, 2), { collectorId, nowMs: atMs(60) }).open?.duration_s).toBe(29);
});
