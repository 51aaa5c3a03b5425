// What of the days and segments that are known is looked at.
import type { Days } from "../../timeline-parts/ask.ts";
import { totalOf } from "../../timeline-parts/heat.ts";
import { lengthOf, overlaps, type Stretch } from "../../timeline-parts/stretch.ts";
import { workedIn } from "../../timeline-parts/worked.ts";
import { COLUMNS_MS } from "./pointed-at.ts";

/** The days of which a part lies in a stretch. */
export function daysIn(days: Days["days"], stretch: Stretch): Days["days"] {
  return days.filter(({ start, end }) => overlaps({ fromMs: Date.parse(start), toMs: Date.parse(end) }, stretch));
}

/** Seconds of work: of these segments what lies in the stretch, and where days stand as columns all of these days. */
export function totalIn(stretch: Stretch, segments: Parameters<typeof workedIn>[0], days: Days["days"]): number {
  if (lengthOf(stretch) <= COLUMNS_MS) return workedIn(segments, stretch).worked_s;
  return days.reduce((sum, day) => sum + totalOf(day), 0);
}
