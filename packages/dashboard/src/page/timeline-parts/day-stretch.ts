// The part of a day that is worth drawing: from the first work on, long enough to see a day take shape.
import type { Calendar } from "./calendar.ts";
import type { Stretch } from "./stretch.ts";

const HOUR_MS = 3_600_000;

/** Full hours around everything that happened and the moment `nowMs`, at least `leastHours` long, never beyond the day. */
export function busyPart(
  day: Stretch,
  happened: readonly Stretch[],
  nowMs: number,
  calendar: Calendar,
  leastHours = 10,
): Stretch {
  const inside = happened.filter((one) => one.toMs > day.fromMs && one.fromMs < day.toMs);
  const isNow = nowMs >= day.fromMs && nowMs < day.toMs;
  const begins = [...inside.map((one) => one.fromMs), ...(isNow ? [nowMs] : [])];
  const ends = [...inside.map((one) => one.toMs), ...(isNow ? [nowMs] : [])];
  if (begins.length === 0) return day;
  const firstMs = Math.max(day.fromMs, Math.min(...begins));
  const lastMs = Math.min(day.toMs, Math.max(...ends));
  let fromMs = Math.max(day.fromMs, calendar.floor(firstMs, "hour"));
  let toMs = Math.min(day.toMs, Math.max(calendar.next(lastMs, "hour"), fromMs + leastHours * HOUR_MS));
  // Late in the day there is no room ahead: look further back.
  if (toMs - fromMs < leastHours * HOUR_MS) fromMs = Math.max(day.fromMs, toMs - leastHours * HOUR_MS);
  // A day that is nearly whole is shown whole.
  if (toMs - fromMs > 20 * HOUR_MS) [fromMs, toMs] = [day.fromMs, day.toMs];
  return { fromMs, toMs };
}
