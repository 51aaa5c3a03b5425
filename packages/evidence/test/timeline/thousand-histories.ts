import type { Segment } from "@mimolo/protocol";
import fc from "fast-check";
import { expect } from "vitest";
import { foldTimeline } from "../../src/index.ts";
import { COLLECTOR } from "./histories.ts";
import { play } from "./play.ts";
import { slowFold } from "./slow-fold.ts";
import { story } from "./stories.ts";

/** Plays so many stories; after each the living, the replayed and the brute-force timeline are the same, and so is what
 *  somebody knows who only heard the events; and no line of an agent is lost or there twice. */
export function expectOneTimeline(numRuns: number, seed: number): void {
  fc.assert(
    fc.property(story, (told) => {
      const { records, live, heard, nowMs, made } = play(told);
      const kept = records.flatMap((one) => (one.kind === "message" ? [one] : []));
      const numbers = kept.map((one) => `${one.agent_label} ${one.stream ?? ""} ${one.agent_seq ?? 0}`);
      expect(numbers.toSorted()).toEqual([...made].toSorted());
      const replayed = foldTimeline(records.toReversed(), { collectorId: COLLECTOR, nowMs });
      const { asked: _, ...slow } = slowFold(records, COLLECTOR, nowMs);
      expect(replayed).toEqual(slow);
      expect(live.isLoose).toBe(false);
      const { segments, open } = live.snapshot(nowMs);
      expect({ segments, open }).toEqual({ segments: replayed.segments, open: replayed.open });
      expect(inOrder(heard.values())).toEqual(inOrder([...segments, ...(open === null ? [] : [open])]));
    }),
    { numRuns, seed },
  );
}

function inOrder(segments: Iterable<Segment>): Segment[] {
  return [...segments].toSorted((a, b) => (a.start === b.start ? (a.id < b.id ? -1 : 1) : a.start < b.start ? -1 : 1));
}
