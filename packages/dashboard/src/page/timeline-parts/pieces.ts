// What a ribbon is made of: stretches of one kind each, in order.
import type { Segment } from "@mimolo/protocol";
import type { Stretch } from "./stretch.ts";

/** `observed` and `reconstructed` are work; `gap` is time for which nobody has evidence. */
export type PieceKind = "observed" | "reconstructed" | "gap";

export interface Piece extends Stretch {
  readonly kind: PieceKind;
  /** Why nobody looked; absent on work. */
  readonly reason?: string;
  /** Id of the segment it is a part of; absent on a gap outside. */
  readonly segmentId?: string;
}

type Drawn = Pick<Segment, "id" | "start" | "end" | "gaps" | "confidence">;

/** A gap between segments, such as a night without a collector. */
export interface OuterGap extends Stretch {
  readonly reason: string;
}

/** Work and gaps from left to right: each segment without its gaps, the gaps themselves, and those outside of any segment. */
export function piecesOf(segments: readonly Drawn[], outer: readonly OuterGap[] = []): Piece[] {
  const pieces = segments.flatMap(piecesOfSegment);
  for (const gap of outer) pieces.push(...uncovered(gap, segments));
  return pieces.toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

function piecesOfSegment({ id, start, end, gaps, confidence }: Drawn): Piece[] {
  const pieces: Piece[] = [];
  const endMs = Date.parse(end);
  let fromMs = Date.parse(start);
  for (const gap of gaps) {
    const gapFromMs = Math.max(fromMs, Date.parse(gap.from));
    const gapToMs = Math.min(endMs, Date.parse(gap.to));
    if (gapToMs <= gapFromMs) continue;
    if (gapFromMs > fromMs) pieces.push({ kind: confidence, fromMs, toMs: gapFromMs, segmentId: id });
    pieces.push({ kind: "gap", fromMs: gapFromMs, toMs: gapToMs, reason: gap.reason, segmentId: id });
    fromMs = gapToMs;
  }
  if (endMs > fromMs || pieces.length === 0) pieces.push({ kind: confidence, fromMs, toMs: endMs, segmentId: id });
  return pieces;
}

/** What is left of a gap beside the segments: inside, they say themselves what nobody saw. */
function uncovered(gap: OuterGap, segments: readonly Drawn[]): Piece[] {
  let rest: Stretch[] = [gap];
  for (const { start, end } of segments) {
    const [fromMs, toMs] = [Date.parse(start), Date.parse(end)];
    rest = rest.flatMap((part) => {
      if (toMs <= part.fromMs || fromMs >= part.toMs) return [part];
      const before = { fromMs: part.fromMs, toMs: fromMs };
      const after = { fromMs: toMs, toMs: part.toMs };
      return [before, after].filter((piece) => piece.toMs > piece.fromMs);
    });
  }
  return rest.map(({ fromMs, toMs }) => ({ kind: "gap" as const, fromMs, toMs, reason: gap.reason }));
}
