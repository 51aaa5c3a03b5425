// Where one goes from what is looked at.
import type { Calendar } from "../../timeline-parts/calendar.ts";
import { lengthOf, type Stretch } from "../../timeline-parts/stretch.ts";
import { type WholeUnit, wholeUnit } from "../../timeline-parts/whole-unit.ts";

const DAYS_OF_A_YEAR_MS = 365 * 86_400_000;

export function middleOf({ fromMs, toMs }: Stretch): number {
  return (fromMs + toMs) / 2;
}

/** `factor` times as long, with this moment in its middle. */
export function stretchAround(middleMs: number, stretch: Stretch, factor: number): Stretch {
  const halfMs = (lengthOf(stretch) * factor) / 2;
  return { fromMs: middleMs - halfMs, toMs: middleMs + halfMs };
}

/** The hour, day, … that holds now, where now is in view, or else the middle of what is. */
export function unitAsked(unit: WholeUnit, stretch: Stretch, nowMs: number, calendar: Calendar): Stretch {
  if (nowMs < stretch.fromMs || stretch.toMs <= nowMs) return wholeUnit(middleOf(stretch), unit, calendar);
  if (unit !== "year") return wholeUnit(nowMs, unit, calendar);
  // A year that has just begun shows nothing: the last twelve months do.
  const toMs = calendar.next(nowMs, "day");
  return { fromMs: calendar.next(toMs - DAYS_OF_A_YEAR_MS, "day"), toMs };
}

/** Id of the next (1) or last (-1) of those, which are in order; without one chosen the first or the last of all. */
export function beside(
  segments: readonly { readonly id: string }[],
  chosen: string | null,
  direction: -1 | 1,
): string | null {
  const at = segments.findIndex(({ id }) => id === chosen);
  const next = at === -1 ? (direction > 0 ? 0 : segments.length - 1) : at + direction;
  return segments[Math.max(0, Math.min(segments.length - 1, next))]?.id ?? null;
}
