// How much of a stretch of time was work.
import { type Piece, piecesOf } from "./pieces.ts";
import type { Stretch } from "./stretch.ts";

export interface Worked {
  /** Seconds of work inside, without gaps. */
  readonly worked_s: number;
  /** Those of them that were reconstructed. */
  readonly reconstructed_s: number;
  /** Begin of the first and end of the last work inside; `null`: there was none. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** Longest stretch without a pause, seconds. */
  readonly longest_s: number;
}

/** Counts the part of the segments that lies inside. */
export function workedIn(segments: Parameters<typeof piecesOf>[0], inside: Stretch): Worked {
  let [worked, reconstructed, longest] = [0, 0, 0];
  let [firstMs, lastMs]: [number | null, number | null] = [null, null];
  for (const piece of cutTo(piecesOf(segments), inside)) {
    if (piece.kind === "gap") continue;
    const seconds = (piece.toMs - piece.fromMs) / 1_000;
    worked += seconds;
    if (piece.kind === "reconstructed") reconstructed += seconds;
    longest = Math.max(longest, seconds);
    firstMs = Math.min(firstMs ?? piece.fromMs, piece.fromMs);
    lastMs = Math.max(lastMs ?? piece.toMs, piece.toMs);
  }
  return { worked_s: worked, reconstructed_s: reconstructed, firstMs, lastMs, longest_s: longest };
}

/** What of the pieces lies inside. */
export function cutTo(pieces: readonly Piece[], { fromMs, toMs }: Stretch): Piece[] {
  return pieces
    .filter((piece) => piece.toMs > fromMs && piece.fromMs < toMs)
    .map((piece) => ({ ...piece, fromMs: Math.max(piece.fromMs, fromMs), toMs: Math.min(piece.toMs, toMs) }));
}
