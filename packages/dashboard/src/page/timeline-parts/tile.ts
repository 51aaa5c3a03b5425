// What is read from the collector for a stretch that is looked at: more than is to be seen, in steps, so that looking a little
// further or nearer needs nothing new.
import { lengthOf, type Stretch } from "./stretch.ts";

export interface Tile {
  readonly key: string;
  readonly range: Stretch;
  /** Finer than a pixel of any screen, seconds. */
  readonly resolution_s: number;
}

/** Spans that a lane may have within a tile. */
const MOST_CELLS = 2_000;

/** The tile around a stretch, two to four times as long. */
export function tileOf(stretch: Stretch): Tile {
  const level = Math.ceil(Math.log2(Math.max(1_000, lengthOf(stretch)) - 1));
  const unit = 2 ** level;
  const place = Math.floor(stretch.fromMs / (unit / 2));
  const fromMs = (place * unit) / 2 - unit / 4;
  const range = { fromMs, toMs: fromMs + 2 * unit };
  return { key: `${level} ${place}`, range, resolution_s: Math.max(1, (2 * unit) / 1_000 / MOST_CELLS) };
}
