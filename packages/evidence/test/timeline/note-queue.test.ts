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
