// Days, weeks, months and years as stretches.
import type { Calendar, Unit } from "./calendar.ts";
import type { Stretch } from "./stretch.ts";

export type WholeUnit = Extract<Unit, "hour" | "day" | "week" | "month" | "year">;

const UNITS: readonly WholeUnit[] = ["hour", "day", "week", "month", "year"];

/** The hour, day, … that a moment lies in. */
export function wholeUnit(atMs: number, unit: WholeUnit, calendar: Calendar): Stretch {
  const fromMs = calendar.floor(atMs, unit);
  return { fromMs, toMs: calendar.next(fromMs, unit) };
}

/** What a stretch is exactly one of; `null` for any other. */
export function unitOf(stretch: Stretch, calendar: Calendar): WholeUnit | null {
  const is = (unit: WholeUnit) =>
    Math.abs(calendar.floor(stretch.fromMs + 1, unit) - stretch.fromMs) < 1 &&
    Math.abs(calendar.next(stretch.fromMs + 1, unit) - stretch.toMs) < 1;
  return UNITS.find(is) ?? null;
}

/** The one before or after: another day after a day, as much time again after anything else. */
export function neighbour(stretch: Stretch, direction: -1 | 1, calendar: Calendar): Stretch {
  const unit = unitOf(stretch, calendar);
  if (unit !== null) return wholeUnit(direction < 0 ? stretch.fromMs - 1 : stretch.toMs + 1, unit, calendar);
  const byMs = direction * (stretch.toMs - stretch.fromMs);
  return { fromMs: stretch.fromMs + byMs, toMs: stretch.toMs + byMs };
}
