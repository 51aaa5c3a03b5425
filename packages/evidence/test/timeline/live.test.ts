import { expect, test } from "vitest";
import { LiveTimeline, type TimelineEvent } from "../../src/index.ts";
import { at, atMs, collectorId, corrected, gap, imported, passive, policy, recordsOf, worked } from "./records.ts";

function tell(...drafts: readonly object[]) {
  const live = new LiveTimeline({ collectorId });
  return { live, told: recordsOf(...drafts).map((record) => live.add(record).map(short)) };
}

function short(event: TimelineEvent): string {
  const { id, end } = event.segment;
  const replaces = event.type === "segment:revised" ? ` for ${event.replaces.join()}` : "";
  return `${event.type.slice(8)} ${id} until ${(Date.parse(end) - atMs(0)) / 1000}${replaces}`;
}

test("work opens a segment, more work extends it, silence closes it", () => {
  const { live, told } = tell(policy(0), worked(60, 60), passive(70), worked(120, 60));
  expect(told).toEqual([[], ["opened c0:2 until 60"], [], ["extended c0:2 until 120"]]);
  expect(live.nextDeadlineMs()).toBe(atMs(720) + 1);
  expect(live.tick(atMs(720))).toEqual([]);
  expect(live.tick(atMs(720) + 1).map(short)).toEqual(["closed c0:2 until 120"]);
  expect(live.nextDeadlineMs()).toBeNull();
  expect(live.tick(atMs(9999))).toEqual([]);
});

test("a policy that comes before any work asks for nothing that was not kept", () => {
  const live = new LiveTimeline({ collectorId, detail: 1 });
  live.addAll(
    recordsOf(policy(0), ...Array.from({ length: 9 }, (_, n) => worked(60 * n, 60))).map((one) => live.note(one)),
  );
  expect(live.isLoose).toBe(false);
});

test("a policy that is erased asks for all that was condensed under it", () => {
  const live = new LiveTimeline({ collectorId, detail: 1 });
  const erasure = { kind: "erasure", data: { seq: 1, leaf: "", by: "me", why: "x" } };
  for (const one of recordsOf(policy(0), ...[1, 2, 3, 4, 5].map((n) => worked(60 * n, 60)), erasure)) live.add(one);
  expect(live.isLoose).toBe(true);
});

test("work after the cooldown closes the segment before and opens another, without any tick", () => {
  const { told } = tell(worked(60, 60), worked(1000, 60));
  expect(told[1]).toEqual(["closed c0:1 until 60", "opened c0:2 until 1000"]);
});

test("a late record inside the open segment extends it, one that reaches back before it revises it", () => {
  const { told } = tell(worked(60, 30), worked(300, 30), worked(200, 30, "git"), worked(20, 15, "git"));
  expect(told.slice(2)).toEqual([["extended c0:1 until 300"], ["revised c0:4 until 300 for c0:1"]]);
});

test("a late record joins two segments into one that stands for both", () => {
  const { told } = tell(worked(60, 60), worked(1200, 60), worked(620, 60));
  expect(told[2]).toEqual(["revised c0:1 until 1200 for c0:1,c0:2"]);
});

test("a late record of long ago is a segment of its own and leaves the open one alone", () => {
  const { live, told } = tell(worked(9000, 60), imported(0, 1800, "a"));
  expect(told[1]).toEqual(["revised c0:2 until 1800 for "]);
  expect(live.snapshot(atMs(9000)).open?.id).toBe("c0:1");
});

test("what comes after the close but before the deadline that was, opens the segment again", () => {
  const { live } = tell(policy(0), worked(60, 60));
  expect(live.tick(atMs(661)).map(short)).toEqual(["closed c0:2 until 60"]);
  const again = recordsOf(policy(0), worked(60, 60), worked(650, 30, "git")).flatMap((record) => live.add(record));
  expect(again.map(short)).toEqual(["revised c0:2 until 650 for c0:2"]);
  expect(live.tick(atMs(1251)).map(short)).toEqual(["closed c0:2 until 650"]);
});

test("a segment that a correction takes away comes once more, emptied", () => {
  const live = new LiveTimeline({ collectorId });
  const events = recordsOf(worked(60, 60), corrected(0, 60, "idle")).map((record) => {
    const changes = live.add(record);
    live.tick(atMs(9999));
    return changes;
  });
  expect(events[1]).toMatchObject([
    {
      type: "segment:revised",
      replaces: ["c0:1"],
      segment: { id: "c0:1", start: at(0), end: at(0), labels: [], duration_s: 0 },
    },
  ]);
  expect(live.snapshot(atMs(9999)).segments).toEqual([]);
});

test("idle time cuts the open segment in two: the first half is closed, the rest goes on under a new id", () => {
  const { told, live } = tell(worked(60, 60), worked(600, 60), corrected(100, 500, "idle"));
  expect(told[2]).toEqual(["closed c0:1 until 100", "opened c0:3 until 600"]);
  expect(live.snapshot(atMs(600)).open?.id).toBe("c0:3");
});

test("a gap told afterwards takes its time out of the segment", () => {
  const { told } = tell(worked(60, 60), worked(600, 60), gap(100, 200));
  expect(told[2]).toEqual(["revised c0:1 until 600 for c0:1"]);
});

test("a record told twice changes nothing the second time", () => {
  const live = new LiveTimeline({ collectorId });
  const records = recordsOf(worked(60, 60), worked(100, 60), imported(0, 40, "a"));
  live.load(records);
  expect(records.flatMap((record) => live.add(record))).toEqual([]);
});

test("loading many at once says what it opened and closed", () => {
  const live = new LiveTimeline({ collectorId });
  const events = live.load(recordsOf(worked(60, 60), worked(5000, 60))).map(short);
  expect(events).toEqual(["revised c0:1 until 60 for ", "opened c0:2 until 5000"]);
});

test("records that are still being read make the same timeline as a list of them", async () => {
  const records = recordsOf(worked(60, 60), imported(0, 40, "a"), worked(5000, 60));
  const [listed, read] = [new LiveTimeline({ collectorId }), new LiveTimeline({ collectorId })];
  const events = listed.load(records);
  const reading = (async function* () {
    yield* records;
  })();
  expect(await read.replay(reading)).toEqual(events);
  expect(read.snapshot(atMs(5000))).toEqual(listed.snapshot(atMs(5000)));
});
