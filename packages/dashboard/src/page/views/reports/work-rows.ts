import type { DayOfWork } from "../../timeline-parts/heat.ts";
import { type DayRange, type Part, partStart } from "./span.ts";

export interface Day extends DayOfWork {
  readonly segments: number;
}

/** One line of the report: a day, a week or a month, as far as it lies in the range. */
export interface WorkRow {
  /** First day of the part, `YYYY-MM-DD`; it may lie before the range. */
  readonly key: string;
  /** First and last day that count. */
  readonly first: string;
  readonly last: string;
  readonly worked_s: number;
  readonly reconstructed_s: number;
  readonly segments: number;
  /** Days with any work. */
  readonly days: number;
}

export interface WorkTotals {
  readonly worked_s: number;
  readonly reconstructed_s: number;
  readonly segments: number;
  readonly days: number;
  /** Of the days with work. */
  readonly average_s: number;
  readonly busiest: Day | null;
}

/** Rows in order, those without work included. */
export function rowsOf(days: readonly Day[], part: Part): WorkRow[] {
  const rows: WorkRow[] = [];
  for (const day of days) {
    const key = partStart(day.date, part);
    const last = rows.at(-1);
    const row = last?.key === key ? last : emptyRow(key, day.date);
    const next = {
      ...row,
      last: day.date,
      worked_s: row.worked_s + day.worked_s,
      reconstructed_s: row.reconstructed_s + day.reconstructed_s,
      segments: row.segments + day.segments,
      days: row.days + (allOf(day) > 0 ? 1 : 0),
    };
    if (row === last) rows[rows.length - 1] = next;
    else rows.push(next);
  }
  return rows;
}

export function totalsOf(days: readonly Day[]): WorkTotals {
  const busy = days.filter((day) => allOf(day) > 0);
  const sum = (value: (day: Day) => number) => busy.reduce((all, day) => all + value(day), 0);
  const [worked_s, reconstructed_s] = [sum((day) => day.worked_s), sum((day) => day.reconstructed_s)];
  return {
    worked_s,
    reconstructed_s,
    segments: sum((day) => day.segments),
    days: busy.length,
    average_s: busy.length === 0 ? 0 : (worked_s + reconstructed_s) / busy.length,
    busiest: busy.reduce<Day | null>((best, day) => (best === null || allOf(day) > allOf(best) ? day : best), null),
  };
}

/** The days of a range. */
export function daysIn<Each extends Day>(days: readonly Each[], { from, to }: DayRange): Each[] {
  return days.filter(({ date }) => date >= from && date < to);
}

/** All work, in seconds. */
export function allOf({ worked_s, reconstructed_s }: Pick<Day, "worked_s" | "reconstructed_s">): number {
  return worked_s + reconstructed_s;
}

/** The rows for a spreadsheet (RFC 4180). */
export function csvOf(rows: readonly WorkRow[]): string {
  const head = "from,to,worked_s,reconstructed_s,worked_h,segments,days";
  const lines = rows.map(({ first, last, worked_s, reconstructed_s, segments, days }) =>
    [
      first,
      last,
      Math.round(worked_s),
      Math.round(reconstructed_s),
      (worked_s / 3600).toFixed(2),
      segments,
      days,
    ].join(),
  );
  return `${[head, ...lines].join("\r\n")}\r\n`;
}

function emptyRow(key: string, date: string): WorkRow {
  return { key, first: date, last: date, worked_s: 0, reconstructed_s: 0, segments: 0, days: 0 };
}
