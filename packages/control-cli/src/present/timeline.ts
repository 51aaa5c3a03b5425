import type { Segment, TimelineReport } from "@mimolo/protocol";
import { startOfDay } from "../parse/time.ts";
import { dayName, localDate, timeOfDay } from "./clock-time.ts";
import type { Colour } from "./colour.ts";
import { duration } from "./duration.ts";
import { hourScale, type RibbonDay, type Stretch, ribbon, ribbonLegend } from "./ribbon.ts";
import { table } from "./table.ts";
import { printable, widthOf, wrap } from "./width.ts";

/** Days shown to people who named no range. */
const DAYS_SHOWN = 7;
const MAX_RIBBON_COLUMNS = 96;
/** Columns of `Sat 21 Nov  ` before a ribbon and of `  12 h 05 min` behind it. */
const BESIDE_RIBBON_COLUMNS = 26;

export interface TimelineView {
  readonly range: { readonly fromMs?: number; readonly toMs?: number };
  readonly nowMs: number;
  /** Columns of the terminal; without them no ribbon is drawn. */
  readonly columns: number | undefined;
  /** How many agents of a collector that runs here watch now; absent where none does. */
  readonly watching?: number | undefined;
}

interface Day {
  readonly startMs: number;
  readonly endMs: number;
  readonly segments: readonly Segment[];
}

/** Ribbons of the days (at a terminal), then their segments as a table. */
export function timelineLines(report: TimelineReport, view: TimelineView, colour: Colour): string[] {
  const segments = [...report.segments, ...(report.open === null ? [] : [report.open])];
  const all = daysOf(segments);
  const bounded = view.range.fromMs !== undefined || view.range.toMs !== undefined;
  const days = bounded ? all : all.slice(-DAYS_SHOWN);
  const last = days.at(-1);
  if (last === undefined) return [noWork(view.watching)];
  const lines: string[] = [];
  if (view.columns !== undefined) lines.push(...ribbons(days, last, view.nowMs, view.columns, colour), "");
  const shown = new Set(days.flatMap((day) => day.segments));
  const rows = [...shown].map((segment) => rowOf(segment, segment === report.open, colour));
  lines.push(...segmentTable(rows, view.columns, colour));
  if (days.length < all.length) {
    lines.push(
      "",
      `The last ${days.length} of ${all.length} days with work; \`mimolo timeline --from ${localDate(all[0]?.startMs ?? 0)}\` shows all.`,
    );
  }
  return lines;
}

function noWork(watching = 0): string {
  if (watching === 0) return "No work in that time. `mimolo run` watches; `mimolo timeline --help` shows how to ask.";
  const who = watching === 1 ? "1 agent watches" : `${watching} agents watch`;
  return `No work in that time. ${who}; the first change shows within a minute.`;
}

/** Work of a segment that falls into [`fromMs`, `toMs`), gaps left out. */
export function workedMs(segment: Segment, fromMs: number, toMs: number): number {
  const startMs = Math.max(fromMs, Date.parse(segment.start));
  const endMs = Math.min(toMs, Date.parse(segment.end));
  let worked = Math.max(0, endMs - startMs);
  for (const gap of segment.gaps) {
    worked -= Math.max(0, Math.min(endMs, Date.parse(gap.to)) - Math.max(startMs, Date.parse(gap.from)));
  }
  return Math.max(0, worked);
}

const COLUMNS = [
  { title: "DAY" },
  { title: "FROM" },
  { title: "TO" },
  { title: "WORKED", align: "right" },
  { title: "HOW" },
  { title: "SEEN BY" },
] as const;

/** The last column is broken into lines where the terminal ends. */
function segmentTable(rows: readonly string[][], columns: number | undefined, colour: Colour): string[] {
  const lines = table(COLUMNS, rows, colour);
  const excess = Math.max(...lines.map(widthOf)) - (columns ?? Number.POSITIVE_INFINITY);
  if (excess <= 0) return lines;
  const last = COLUMNS.length - 1;
  const room = Math.max(...rows.map((row) => widthOf(row[last] ?? ""))) - excess;
  const broken = rows.flatMap((row) =>
    wrap(row[last] ?? "", Math.max(16, room)).map((line, index) =>
      row.map((cell, column) => (column === last ? line : index === 0 ? cell : "")),
    ),
  );
  return table(COLUMNS, broken, colour);
}

function rowOf(segment: Segment, open: boolean, colour: Colour): string[] {
  const startMs = Date.parse(segment.start);
  const endMs = Date.parse(segment.end);
  const days = localDate(endMs) === localDate(startMs) ? "" : ` (${dayName(endMs)})`;
  const how = segment.confidence === "observed" ? "observed" : colour("blue", segment.confidence);
  return [
    dayName(startMs),
    timeOfDay(startMs),
    open ? colour("green", "now") : `${timeOfDay(endMs)}${days}`,
    duration(segment.duration_s * 1000),
    how,
    printable(segment.labels.join(", ")),
  ];
}

function ribbons(days: readonly Day[], last: Day, nowMs: number, columns: number, colour: Colour): string[] {
  const width = Math.max(24, Math.min(MAX_RIBBON_COLUMNS, columns - BESIDE_RIBBON_COLUMNS));
  const lines = days.map((day) => {
    const worked = day.segments.reduce((sum, segment) => sum + workedMs(segment, day.startMs, day.endMs), 0);
    return `${dayName(day.startMs)}  ${ribbon(ribbonDay(day, nowMs), width, colour)}  ${duration(worked)}`;
  });
  return [...lines, `${" ".repeat(12)}${hourScale(last, width)}`, "", ribbonLegend(colour)];
}

function stretch(segment: Segment): Stretch {
  return { startMs: Date.parse(segment.start), endMs: Date.parse(segment.end) };
}

function ribbonDay(day: Day, nowMs: number): RibbonDay {
  return {
    startMs: day.startMs,
    endMs: day.endMs,
    nowMs,
    observed: day.segments.filter((segment) => segment.confidence === "observed").map(stretch),
    reconstructed: day.segments.filter((segment) => segment.confidence !== "observed").map(stretch),
    gaps: day.segments.flatMap((segment) =>
      segment.gaps.map((gap) => ({ startMs: Date.parse(gap.from), endMs: Date.parse(gap.to) })),
    ),
  };
}

/** The local days that hold any part of a segment, oldest first. */
function daysOf(segments: readonly Segment[]): Day[] {
  const days = new Map<number, Segment[]>();
  for (const segment of segments) {
    const startMs = Date.parse(segment.start);
    const endMs = Date.parse(segment.end);
    for (let dayMs = startOfDay(startMs); dayMs < Math.max(endMs, startMs + 1); dayMs = startOfDay(dayMs, 1)) {
      days.set(dayMs, [...(days.get(dayMs) ?? []), segment]);
    }
  }
  return [...days]
    .toSorted(([a], [b]) => a - b)
    .map(([startMs, held]) => ({ startMs, endMs: startOfDay(startMs, 1), segments: held }));
}
