// A day told in order: work, the pauses between, and the time nobody looked.
import type { Segment } from "@mimolo/protocol";
import type { OuterGap } from "./pieces.ts";
import { lengthOf, overlaps, type Stretch } from "./stretch.ts";

export type Chapter =
  | ({ readonly kind: "work"; readonly segment: Segment; readonly isOpen: boolean } & Stretch)
  | ({ readonly kind: "pause" | "gap" } & Stretch);

/** What lies between two pieces of work is a gap where for most of it nobody looked; what is shorter than `leastPauseMs` goes
 *  without saying. Segments in order, the open one last. */
export function storyOf(
  segments: readonly Segment[],
  gaps: readonly OuterGap[],
  openId: string | null,
  leastPauseMs = 60_000,
): Chapter[] {
  const chapters: Chapter[] = [];
  let endMs: number | null = null;
  for (const segment of segments) {
    const stretch = { fromMs: Date.parse(segment.start), toMs: Date.parse(segment.end) };
    if (endMs !== null && stretch.fromMs - endMs >= leastPauseMs) {
      const between = { fromMs: endMs, toMs: stretch.fromMs };
      chapters.push({ kind: isUnseen(between, gaps) ? "gap" : "pause", ...between });
    }
    chapters.push({ kind: "work", segment, isOpen: segment.id === openId, ...stretch });
    endMs = Math.max(endMs ?? 0, stretch.toMs);
  }
  return chapters;
}

function isUnseen(between: Stretch, gaps: readonly OuterGap[]): boolean {
  const unseenMs = gaps
    .filter((gap) => overlaps(gap, between))
    .reduce((sum, gap) => sum + Math.min(gap.toMs, between.toMs) - Math.max(gap.fromMs, between.fromMs), 0);
  return unseenMs > lengthOf(between) / 2;
}
