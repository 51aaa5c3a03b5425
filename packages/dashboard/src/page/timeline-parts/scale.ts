// From time to the width of a drawing and back.
import { lengthOf, type Stretch } from "./stretch.ts";

export interface Scale {
  readonly stretch: Stretch;
  readonly widthPx: number;
  readonly msPerPx: number;
  /** Where a moment is drawn, pixels from the left; may lie outside. */
  x(atMs: number): number;
  /** The moment at a place. */
  at(x: number): number;
}

export function scaleOf(stretch: Stretch, widthPx: number): Scale {
  const width = Math.max(1, widthPx);
  const msPerPx = Math.max(lengthOf(stretch), 1) / width;
  return {
    stretch,
    widthPx: width,
    msPerPx,
    x: (atMs) => (atMs - stretch.fromMs) / msPerPx,
    at: (x) => stretch.fromMs + x * msPerPx,
  };
}
