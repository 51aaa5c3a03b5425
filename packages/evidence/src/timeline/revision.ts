import type { Segment } from "@mimolo/protocol";
import type { Interval } from "./intervals.ts";

/** What happened to the timeline. `revised`: the segment now stands for those in `replaces` (its own id among them if it was
 *  known); one that vanished comes as itself, emptied: it ends where it starts and has no labels. */
export type TimelineEvent =
  | { readonly type: "segment:opened" | "segment:extended" | "segment:closed"; readonly segment: Segment }
  | { readonly type: "segment:revised"; readonly segment: Segment; readonly replaces: string[] };

/** A segment as it was or is shown, with its times in milliseconds. */
export interface Shown extends Interval {
  readonly segment: Segment;
}

/** Which segment was announced as open, and which is open now. */
export interface OpenIds {
  readonly announced: string | null;
  readonly now: string | null;
}

/** The events that lead from one part of a timeline to what stands there now. Segments of the announced open one's id that
 *  are not open any more get no event here: their closing says it. */
export function changesOf(before: readonly Shown[], after: readonly Shown[], open: OpenIds): TimelineEvent[] {
  const idsAfter = new Set(after.map(idOf));
  const known = new Map(before.map((shown) => [idOf(shown), shown]));
  const gone = new Set(before.filter((shown) => !idsAfter.has(idOf(shown))));
  const events: TimelineEvent[] = [];
  for (const shown of after) {
    const same = known.get(idOf(shown));
    const replaced = [...gone].filter((old) => old.startMs <= shown.endMs && old.endMs >= shown.startMs);
    for (const old of replaced) gone.delete(old);
    const event = changeOf(same, shown, replaced.map(idOf), open);
    if (event !== null) events.push(event);
  }
  for (const old of gone) {
    events.push(vanished(old.segment));
  }
  return events;
}

/** The last event of a segment in whose place nothing stands. */
export function vanished({ id, start, confidence }: Segment): TimelineEvent {
  const nothing = { duration_s: 0, resets_count: 0, labels: [], reasons: [], aggregated: {}, gaps: [] };
  return { type: "segment:revised", segment: { id, start, end: start, ...nothing, confidence }, replaces: [id] };
}

function changeOf(
  same: Shown | undefined,
  shown: Shown,
  replaced: readonly string[],
  open: OpenIds,
): TimelineEvent | null {
  const { segment } = shown;
  if (same === undefined && replaced.length === 0 && segment.id === open.now)
    return { type: "segment:opened", segment };
  if (same !== undefined && replaced.length === 0) {
    if (isSame(same.segment, segment)) return null;
    if (segment.id === open.announced) {
      if (segment.id !== open.now) return null;
      if (isMore(same.segment, segment)) return { type: "segment:extended", segment };
    }
  }
  return { type: "segment:revised", segment, replaces: [...(same === undefined ? [] : [segment.id]), ...replaced] };
}

function isMore(before: Segment, after: Segment): boolean {
  return before.start === after.start && before.end <= after.end && before.duration_s <= after.duration_s;
}

function isSame(a: Segment, b: Segment): boolean {
  if (a.end !== b.end || a.resets_count !== b.resets_count || a.start !== b.start) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

function idOf(shown: Shown): string {
  return shown.segment.id;
}
