import type { PluginReport } from "@mimolo/protocol";
import { localDate, timeOfDay } from "./clock-time.ts";
import type { Colour } from "./colour.ts";
import { duration } from "./duration.ts";
import { micros } from "./micros.ts";
import { figure } from "./plugin-stats.ts";
import { sizeText } from "./size.ts";
import { table } from "./table.ts";

/** What a row stands for. */
export type Part = "day" | "week" | "month" | "hour";

type Row = PluginReport["rows"][number];
type Figures = PluginReport["totals"];

const TITLES = ["calls", "failed", "mean", "95 %", "a minute", "CPU %", "MiB", "disk", "ran", "health"];

/** A row for each part of the range and one for all of it, for people. */
export function pluginReportLines(report: PluginReport, by: Part, colour: Colour): string[] {
  if (report.rows.length === 0) return [nothingLine(report)];
  const columns = [by, ...TITLES].map(
    (title) => ({ title, align: title === by || title === "health" ? "left" : "right" }) as const,
  );
  return table(columns, rowsOf(report, by), colour);
}

/** The same as a table of Markdown. */
export function pluginReportMarkdown(report: PluginReport, by: Part): string[] {
  const titles = [by, ...TITLES];
  const rule = titles.map((title) => (title === by || title === "health" ? "---" : "---:"));
  return [titles, rule, ...rowsOf(report, by)].map((cells) => `| ${cells.join(" | ")} |`);
}

const FIELDS = [
  "key",
  "executions",
  "failures",
  "last_execution_at",
  "avg_execution_time_us",
  "p95_us",
  "error_rate",
  "throughput_per_min",
  "cpu_percent",
  "memory_mib",
  "io_bytes",
  "health",
  "duration_s",
] as const satisfies readonly (keyof Row)[];

/** The rows with the names and values of `--json`; what nobody measured is empty. No sum: whoever takes this adds by himself. */
export function pluginReportCsv({ rows }: PluginReport): string[] {
  return [FIELDS.join(","), ...rows.map((row) => FIELDS.map((field) => row[field] ?? "").join(","))];
}

function rowsOf({ rows, totals }: PluginReport, by: Part): string[][] {
  return [...rows.map((row) => [partText(row.key, by), ...cellsOf(row)]), ["all", ...cellsOf(totals)]];
}

function partText(key: string, by: Part): string {
  const atMs = Date.parse(key);
  return by === "hour" ? `${localDate(atMs)} ${timeOfDay(atMs)}` : localDate(atMs);
}

function cellsOf(of: Figures): string[] {
  return [
    String(of.executions),
    String(of.failures),
    shown(of.avg_execution_time_us, micros),
    shown(of.p95_us, micros),
    figure(of.throughput_per_min),
    shown(of.cpu_percent, figure),
    shown(of.memory_mib, figure),
    shown(of.io_bytes, sizeText),
    duration(of.duration_s * 1000),
    of.health,
  ];
}

function shown(value: number | null, text: (value: number) => string): string {
  return value === null ? "–" : text(value);
}

function nothingLine({ plugin_id: id, from, to }: PluginReport): string {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  return `${id} neither ran nor was called from ${partText(from, "hour")} to ${localDate(fromMs) === localDate(toMs) ? timeOfDay(toMs) : partText(to, "hour")}.`;
}
