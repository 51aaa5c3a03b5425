import fc from "fast-check";
import { expect, test } from "vitest";
import { LiveTimeline, NoteQueue } from "../../src/index.ts";
import { COLLECTOR, history } from "./histories.ts";

test("what goes in comes out, in order and with its owner, however it is taken", () => {
  fc.assert(
    fc.property(history, fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 8 }), ({ records }, takes) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR });
      const notes = records.map((record) => live.note(record));
      const queue = new NoteQueue<string>();
      const [taken, owners]: [unknown[], string[]] = [[], []];
      const take = (count: number) => taken.push(...queue.take(count, (owner, weight) => owners.push(owner + weight)));
      notes.forEach((noted, index) => {
        queue.add(noted, `o${noted.seq}-`, noted.seq * 2);
        if (index % 5 === 4) take(takes.shift() ?? 0);
      });
      expect(queue.countThrough(Number.POSITIVE_INFINITY)).toBe(notes.length - taken.length);
      take(notes.length);
      expect(queue.isEmpty).toBe(true);
      expect(taken).toEqual(notes);
      expect(owners).toEqual(notes.map(({ seq }) => `o${seq}-${seq * 2}`));
    }),
    { numRuns: 100 },
  );
});

test("a message that says what the last one said is noted like any other", () => {
  const ways = ["active", "passive"].flatMap((mode) => [true, false, null].map((keep_alive) => ({ mode, keep_alive })));
  const signal = fc.constantFrom(
    ...ways.map((way) => Object.freeze({ ...way, reason: "edits" })),
    { mode: "active" },
    7,
  );
  const metrics = fc.constantFrom({ interval_s: 30 }, { interval_s: "x" }, {}, undefined);
  const timestamp = fc.constantFrom("2026-03-02T09:00:00Z", "2026-03-02T09:00:05Z", "never");
  const said = fc.record({
    instanceId: fc.constantFrom("a", "b"),
    agentLabel: fc.constantFrom("a", "c"),
    stream: fc.constantFrom("", "s"),
    agentSeq: fc.nat(3),
    receivedAtMs: fc.constantFrom(Date.UTC(2026, 2, 2, 9, 0, 3), null),
    message: fc.record({
      type: fc.constantFrom("summary", "summary", "event"),
      timestamp,
      data: fc.oneof(
        signal.map((activity_signal) => ({ activity_signal })),
        fc.constantFrom({}, null),
      ),
      metrics,
    }),
  });
  fc.assert(
    fc.property(fc.array(said, { maxLength: 20 }), (messages) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR });
      const queue = new NoteQueue<string>();
      const observed = messages.map((message, index) => ({ ...message, seq: index + 1 }));
      for (const one of observed) queue.addMessage(one, (other) => live.noteMessage(other), "o", 1);
      const taken = [...queue.take(observed.length, () => undefined)];
      expect(taken).toEqual(observed.map((one) => live.noteMessage(one)));
    }),
    { numRuns: 500 },
  );
});
