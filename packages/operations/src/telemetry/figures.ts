import type { PluginReport, PluginStats } from "@mimolo/protocol";
import type { Cell } from "./cell.ts";

type Figures = PluginReport["totals"];

const MINUTE_MS = 60_000;
/** No agent of it ran. */
const STOPPED = "stopped";

/** What people are told of a cell: means over the time in which an agent of the plugin ran, the most memory, the worst health. */
export function figuresOf(cell: Cell): Figures {
  const { executions, failures, sumUs, lastMs, times, activeMs, cpuMs, peakMib, ioBytes, health } = cell;
  return {
    executions,
    failures,
    last_execution_at: lastMs === null ? null : new Date(lastMs).toISOString(),
    avg_execution_time_us: executions === 0 ? null : rounded(sumUs / executions, 10),
    p95_us: times?.quantile(0.95) ?? null,
    error_rate: executions === 0 ? 0 : failures / executions,
    // What ran for seconds only is not said to do hundreds a minute.
    throughput_per_min: rounded(executions / Math.max(1, activeMs / MINUTE_MS), 1_000),
    cpu_percent: cpuMs === null || activeMs === 0 ? null : rounded((100 * cpuMs) / activeMs, 1_000),
    memory_mib: peakMib === null ? null : rounded(peakMib, 10),
    io_bytes: ioBytes,
    health: health ?? STOPPED,
    duration_s: rounded(activeMs / 1_000, 10),
  };
}

/** What its agents do at this moment. */
export interface Live {
  readonly cpuPercent: number | null;
  readonly memoryMib: number | null;
  /** The worst of those that run; null when none does. */
  readonly health: string | null;
}

export const notRunning: Live = { cpuPercent: null, memoryMib: null, health: null };

/** Everything ever counted, and what its agents do now. */
export function statsOf(pluginId: string, cell: Cell, live: Live): PluginStats {
  const { duration_s: _, ...figures } = figuresOf(cell);
  const { cpuPercent: cpu_percent, memoryMib: memory_mib, health } = live;
  return { plugin_id: pluginId, ...figures, cpu_percent, memory_mib, health: health ?? STOPPED };
}

const rounded = (value: number, parts: number) => Math.round(value * parts) / parts;
