// What the strip above the drawing shows.
import { lengthOf, type Stretch } from "../../timeline-parts/stretch.ts";

const DAY_MS = 86_400_000;

/** A quarter around the stretch, or around more than a few weeks a year; `tomorrowMs` is where the last day ends. It stays the same
 *  while one looks at the latest part of it. */
export function aroundOf(stretch: Stretch, tomorrowMs: number): Stretch {
  const lengthMs = lengthOf(stretch) > 21 * DAY_MS ? 366 * DAY_MS : 91 * DAY_MS;
  const latestMs = tomorrowMs + lengthMs / 40;
  const isLatest = stretch.toMs > latestMs - lengthMs * 0.9;
  const toMs = isLatest ? Math.max(latestMs, stretch.toMs) : stretch.toMs + lengthMs / 3;
  return { fromMs: toMs - lengthMs, toMs };
}
