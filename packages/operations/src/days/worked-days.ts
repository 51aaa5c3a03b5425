import type { Segment } from "@mimolo/protocol";
import { ProblemError } from "../api/problems/problem.ts";
import { type DaysReport, LONGEST_RANGE_DAYS } from "../api/shapes/timeline.ts";
import type { LocalNow, LocalTime } from "../telemetry/parts-of-time.ts";
import { DayStarts, nextDate } from "./day-starts.ts";

const USUAL_DAYS = 366;

export interface DaysQuery {
  /** `YYYY-MM-DD`, the first day; default: 365 days before the last. */
  readonly from?: string | undefined;
  /** `YYYY-MM-DD`, the day after the last; default: tomorrow. */
  readonly to?: string | undefined;
}

type Days = DaysReport["days"];

/** Counts work by the day, where people live. */
export class WorkedDays {
  #local: LocalTime = { timeZone: "", dayStart: "" };
  #starts: DayStarts | null = null;

  /** Each day of the range with what of the segments lies in it. */
  report(segments: readonly Segment[], local: LocalNow, { from, to }: DaysQuery): DaysReport {
    const starts = this.#startsFor(local);
    const tomorrow = nextDate(starts.dayOf(local.nowMs));
    const end = to ?? (from === undefined || from < tomorrow ? tomorrow : nextDate(from));
    const begin = from ?? nextDate(end, -USUAL_DAYS);
    if (begin < nextDate(end, -LONGEST_RANGE_DAYS)) {
      throw new ProblemError("invalid-parameter", "must not be longer than ten years", "say `to` as well");
    }
    const days = emptyDays(starts, begin, end);
    const borders = [...days.map(({ start }) => Date.parse(start)), starts.of(end)];
    for (const segment of segments) count(days, borders, segment);
    return { time_zone: local.timeZone, day_start: local.dayStart, days };
  }

  #startsFor(local: LocalTime): DayStarts {
    const isKnown = local.timeZone === this.#local.timeZone && local.dayStart === this.#local.dayStart;
    if (this.#starts === null || !isKnown) this.#starts = new DayStarts(local);
    this.#local = local;
    return this.#starts;
  }
}

function emptyDays(starts: DayStarts, from: string, to: string): Days {
  const days: Days = [];
  for (let date = from; date < to; date = nextDate(date)) {
    const start = new Date(starts.of(date)).toISOString();
    const end = new Date(starts.of(nextDate(date))).toISOString();
    days.push({ date, start, end, worked_s: 0, reconstructed_s: 0, segments: 0 });
  }
  return days;
}

/** Adds a segment to the days it touches; `borders` are their begins, and the end of the last. */
function count(days: Days, borders: readonly number[], segment: Segment): void {
  const startMs = Date.parse(segment.start);
  const endMs = Date.parse(segment.end);
  for (let at = Math.max(0, firstAfter(borders, startMs) - 1); at < days.length; at++) {
    const day = days[at];
    const [fromMs = 0, toMs = 0] = [borders[at], borders[at + 1]];
    if (day === undefined || fromMs > endMs) return;
    if (startMs >= toMs) continue;
    const within = { fromMs: Math.max(fromMs, startMs), toMs: Math.min(toMs, endMs) };
    // What ends as a day begins has no part in it, unless that is all there is of it.
    if (within.toMs === within.fromMs && startMs !== endMs) continue;
    const workedS = (within.toMs - within.fromMs - missedMs(segment, within)) / 1000;
    day.segments += 1;
    if (segment.confidence === "reconstructed") day.reconstructed_s += workedS;
    else day.worked_s += workedS;
  }
}

function missedMs({ gaps }: Segment, { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): number {
  return gaps.reduce((sum, gap) => {
    return sum + Math.max(0, Math.min(Date.parse(gap.to), toMs) - Math.max(Date.parse(gap.from), fromMs));
  }, 0);
}

/** Index of the first border after a moment. */
function firstAfter(borders: readonly number[], atMs: number): number {
  let [low, high] = [0, borders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((borders[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
