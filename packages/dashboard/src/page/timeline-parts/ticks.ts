// Where a time axis has its marks: round moments of the calendar, as many as the width carries.
import type { Calendar, Unit } from "./calendar.ts";
import type { Scale } from "./scale.ts";

export interface Step {
  readonly unit: Unit;
  readonly count: number;
  /** About how long it is, milliseconds. */
  readonly aboutMs: number;
}

export interface Tick {
  readonly atMs: number;
  readonly x: number;
}

/** A named stretch above the ticks, such as a day above hours; `x` and `width` are what is to be seen of it. */
export interface Band extends Tick {
  readonly endMs: number;
  readonly width: number;
}

const S = 1_000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

const STEPS: readonly Step[] = [
  ...[1, 5, 10, 30].map((count) => ({ unit: "second" as const, count, aboutMs: count * S })),
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ unit: "minute" as const, count, aboutMs: count * M })),
  ...[1, 2, 3, 6, 12].map((count) => ({ unit: "hour" as const, count, aboutMs: count * H })),
  { unit: "day", count: 1, aboutMs: D },
  { unit: "day", count: 2, aboutMs: 2 * D },
  { unit: "week", count: 1, aboutMs: 7 * D },
  { unit: "month", count: 1, aboutMs: 30.4 * D },
  { unit: "month", count: 3, aboutMs: 91.3 * D },
  { unit: "year", count: 1, aboutMs: 365.25 * D },
];

/** The finest step whose marks lie at least `leastPx` apart. */
export function stepFor(scale: Scale, leastPx: number): Step {
  const fits = STEPS.find(({ aboutMs }) => aboutMs / scale.msPerPx >= leastPx);
  return fits ?? (STEPS.at(-1) as Step);
}

/** The marks to be seen at that step, from left to right. */
export function ticksOf(scale: Scale, { unit, count }: Step, calendar: Calendar): Tick[] {
  const { fromMs, toMs } = scale.stretch;
  const ticks: Tick[] = [];
  const first = calendar.floor(fromMs, unit, count);
  for (let atMs = first; atMs < toMs; atMs = calendar.next(atMs, unit, count)) {
    if (atMs >= fromMs) ticks.push({ atMs, x: scale.x(atMs) });
  }
  return ticks;
}

/** The unit that is named above marks of `step`: a day above hours, a month above days. */
export function bandUnit({ unit }: Step): Unit {
  if (unit === "second" || unit === "minute" || unit === "hour") return "day";
  return unit === "day" || unit === "week" ? "month" : "year";
}

/** The units to be seen, cut to the width. */
export function bandsOf(scale: Scale, unit: Unit, calendar: Calendar): Band[] {
  const { fromMs, toMs } = scale.stretch;
  const bands: Band[] = [];
  for (let atMs = calendar.floor(fromMs, unit); atMs < toMs; ) {
    const endMs = calendar.next(atMs, unit);
    const x = Math.max(0, scale.x(atMs));
    bands.push({ atMs, endMs, x, width: Math.min(scale.widthPx, scale.x(endMs)) - x });
    atMs = endMs;
  }
  return bands;
}
