import { durationText } from "../../text/index.ts";
import { itemAt } from "../../timeline-parts/bars.ts";
import type { Calendar } from "../../timeline-parts/calendar.ts";
import { gapText } from "../../timeline-parts/gaps.ts";
import type { Piece } from "../../timeline-parts/pieces.ts";
import type { Scale } from "../../timeline-parts/scale.ts";
import { lengthOf } from "../../timeline-parts/stretch.ts";
import { clockText, spanText } from "../../timeline-parts/words.ts";

/** Longer than this, days stand as columns, and no piece can be pointed at. */
export const COLUMNS_MS = 4 * 86_400_000;

/** The piece at a place of the drawing or within `tolerancePx` of it. */
export function pieceAt(x: number, tolerancePx: number, scale: Scale, pieces: readonly Piece[]): Piece | undefined {
  if (lengthOf(scale.stretch) > COLUMNS_MS) return undefined;
  return pieces[itemAt(pieces, scale.at(x), tolerancePx * scale.msPerPx)];
}

/** The time at a place, and what there was. */
export function pointedAt(
  x: number,
  scale: Scale,
  pieces: readonly Piece[],
  calendar: Calendar,
): { readonly time: string; readonly what: string | null } {
  const piece = pieceAt(x, 3, scale, pieces);
  const time = clockText(scale.at(x), calendar, scale.msPerPx < 2_000);
  if (piece === undefined) return { time, what: null };
  const what = piece.kind === "gap" ? gapText(piece.reason) : `work, ${durationText(lengthOf(piece) / 1000)}`;
  return { time, what: `${spanText(piece, calendar)}: ${what}` };
}
