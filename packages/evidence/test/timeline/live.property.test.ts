import type { EvidenceRecord, Segment } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldTimeline, LiveTimeline, type TimelineEvent } from "../../src/index.ts";
import { atMs, COLLECTOR, history } from "./histories.ts";

const told = history.chain(({ records, nowMs }) =>
  fc.record({
    records: fc.constant(records),
    nowMs: fc.constant(nowMs),
    order: fc.oneof(
      fc.shuffledSubarray(records, { minLength: records.length }),
      fc.constant(records.toSorted((a, b) => Date.parse(a.received_at) - Date.parse(b.received_at))),
    ),
    cut: fc.nat(records.length),
    overlap: fc.nat(5),
    tickS: fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 6 }),
  }),
);

/** Keeps the segments as somebody would who only hears the events. */
function listen(known: Map<string, Segment>, events: readonly TimelineEvent[]): void {
  for (const event of events) {
    if (event.type === "segment:revised") for (const id of event.replaces) known.delete(id);
    const { start, end, labels } = event.segment;
    const vanished = start === end && labels.length === 0;
    if (!vanished) known.set(event.segment.id, event.segment);
  }
}

function inOrder(segments: Iterable<Segment>): Segment[] {
  return [...segments].toSorted((a, b) => (a.start === b.start ? 0 : a.start < b.start ? -1 : 1));
}

test("any arrival order and any cut into replayed and live parts give the same timeline", () => {
  fc.assert(
    fc.property(told, ({ records, nowMs, order, cut, overlap }) => {
      const expected = foldTimeline(records, { collectorId: COLLECTOR, nowMs });
      const live = new LiveTimeline({ collectorId: COLLECTOR });
      live.load(order.slice(0, cut));
      for (const record of order.slice(Math.max(0, cut - overlap))) live.add(record);
      expect(live.snapshot(nowMs)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test("records told in batches give the same timeline, and whoever hears the events knows it", () => {
  fc.assert(
    fc.property(told, fc.integer({ min: 1, max: 12 }), ({ order, nowMs }, size) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR });
      const known = new Map<string, Segment>();
      for (let from = 0; from < order.length; from += size) {
        const notes = order.slice(from, from + size).map((record) => live.note(record));
        listen(known, live.addAll(notes));
      }
      listen(known, live.tick(nowMs));
      const { segments, open, ...rest } = live.snapshot(nowMs);
      expect({ segments, open, ...rest }).toEqual(foldTimeline(order, { collectorId: COLLECTOR, nowMs }));
      expect(inOrder(known.values())).toEqual(inOrder([...segments, ...(open === null ? [] : [open])]));
    }),
    { numRuns: 150 },
  );
});

test("after every single record the live timeline is the fold of those so far", () => {
  fc.assert(
    fc.property(told, ({ order, nowMs }) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR });
      order.forEach((record, index) => {
        live.add(record);
        const expected = foldTimeline(order.slice(0, index + 1), { collectorId: COLLECTOR, nowMs });
        expect(live.snapshot(nowMs)).toEqual(expected);
      });
    }),
    { numRuns: 30 },
  );
});

test("who only hears the events knows the same segments, and which one is open", () => {
  fc.assert(
    fc.property(told, ({ order, tickS, nowMs }) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR });
      const known = new Map<string, Segment>();
      const ticks = tickS.toSorted((a, b) => a - b);
      const every = Math.ceil(order.length / (ticks.length + 1)) || 1;
      order.forEach((record, index) => {
        listen(known, live.add(record));
        const tick = index % every === every - 1 ? ticks.shift() : undefined;
        if (tick !== undefined) listen(known, live.tick(atMs(tick)));
      });
      const lastMs = Math.max(nowMs, ...tickS.map(atMs));
      listen(known, live.tick(lastMs));
      const { segments, open } = live.snapshot(lastMs);
      expect(inOrder(known.values())).toEqual(inOrder([...segments, ...(open === null ? [] : [open])]));
      expect(live.nextDeadlineMs() === null).toBe(open === null);
    }),
    { numRuns: 150 },
  );
});

test("an open segment is closed once, at its deadline and not before; one that is too short vanishes then", () => {
  fc.assert(
    fc.property(history, ({ records }) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR });
      for (const record of records as readonly EvidenceRecord[]) live.add(record);
      const deadlineMs = live.nextDeadlineMs();
      if (deadlineMs === null) return;
      const open = live.snapshot(deadlineMs - 1).open;
      expect(live.tick(deadlineMs - 1)).toEqual([]);
      const events = live.tick(deadlineMs);
      const stays = live.snapshot(deadlineMs).segments.some(({ id }) => id === open?.id);
      if (stays) expect(events).toEqual([{ type: "segment:closed", segment: open }]);
      else expect(events).toMatchObject([{ type: "segment:revised", replaces: [open?.id], segment: { labels: [] } }]);
      expect(live.tick(deadlineMs + 1)).toEqual([]);
      expect(live.nextDeadlineMs()).toBeNull();
    }),
    { numRuns: 200 },
  );
});
