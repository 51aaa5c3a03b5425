import type { PluginStats } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { ago } from "./duration.ts";
import { micros } from "./micros.ts";
import { sizeText } from "./size.ts";
import { printable } from "./width.ts";

/** What the calls of one plugin came to, and what it uses. */
export function statsLines(stats: PluginStats, nowMs: number, colour: Colour): string[] {
  const { executions, failures, last_execution_at: last, avg_execution_time_us: mean, p95_us: p95 } = stats;
  const failed = failures === 0 ? "none failed" : `${failures} failed (${percent(100 * stats.error_rate)})`;
  const facts: (readonly [string, string])[] = [
    ["calls", executions === 0 ? "none" : `${executions}, ${failed}`],
    ...(last === null ? [] : [["last", ago(Date.parse(last), nowMs)] as const]),
    ...(mean === null || p95 === null
      ? []
      : [["time", `${micros(mean)} on average, 95 % within ${micros(p95)}`] as const]),
    ...(executions === 0 ? [] : [["rate", `${figure(stats.throughput_per_min)} a minute while it ran`] as const]),
    ["uses", usesText(stats)],
    ["health", stats.health],
  ];
  return [
    colour("bold", printable(stats.plugin_id)),
    ...facts.map(([name, value]) => `  ${colour("dim", name.padEnd(6))}  ${value}`),
  ];
}

/** A number with no more places than it is worth: `0.25`, `3.1`, `1200`. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function percent(value: number): string {
  return `${figure(value)} %`;
}

function usesText({ cpu_percent: cpu, memory_mib: memory, io_bytes: io }: PluginStats): string {
  const said = [
    ...(cpu === null ? [] : [`${percent(cpu)} of a core`]),
    ...(memory === null ? [] : [`${figure(memory)} MiB`]),
    ...(io === null ? [] : [`${sizeText(io)} read from and written to disks so far`]),
  ];
  return said.length === 0 ? "nothing measured" : said.join(", ");
}
