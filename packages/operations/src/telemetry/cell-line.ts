import type { AgentHealth } from "@mimolo/supervisor";
import type { TimeWindow } from "../reading/window.ts";
import { Cell } from "./cell.ts";
import { Histogram } from "./histogram.ts";

/** A cell, whose it is, and which span of time it is about. Milliseconds. */
export interface PlacedCell {
  readonly pluginId: string;
  readonly atMs: number;
  readonly spanMs: number;
  readonly cell: Cell;
}

/** Whether any of its span lies in the window: a cell is counted as a whole. */
export function touches({ atMs, spanMs }: PlacedCell, { fromMs, toMs }: TimeWindow): boolean {
  return atMs + spanMs > (fromMs ?? Number.NEGATIVE_INFINITY) && atMs < (toMs ?? Number.POSITIVE_INFINITY);
}

/** As a line of a file; fields that say nothing are left out. */
export function cellLine({ pluginId, atMs, spanMs, cell }: PlacedCell): string {
  return JSON.stringify({ at: new Date(atMs).toISOString(), span_s: spanMs / 1000, plugin: pluginId, ...fields(cell) });
}

/** The fields of a cell alone. */
export function fields(cell: Cell): Record<string, unknown> {
  const { executions, failures, sumUs, lastMs, times, activeMs, cpuMs, peakMib, ioBytes, health } = cell;
  return {
    ...(executions === 0 ? {} : { executions, failures, sum_us: Math.round(sumUs), times: times?.pairs }),
    ...(lastMs === null ? {} : { last_at: new Date(lastMs).toISOString() }),
    ...(activeMs === 0 ? {} : { active_ms: Math.round(activeMs) }),
    ...(cpuMs === null ? {} : { cpu_ms: cpuMs }),
    ...(peakMib === null ? {} : { memory_mib: Math.round(peakMib * 10) / 10 }),
    ...(ioBytes === null ? {} : { io_bytes: ioBytes }),
    ...(health === null ? {} : { health }),
  };
}

/** A line read back; null when it is torn, or none of ours. */
export function readCellLine(text: string): PlacedCell | null {
  const value = parsed(text);
  if (value === null) return null;
  const { at, span_s: spanS, plugin } = value;
  const atMs = typeof at === "string" ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(atMs) || typeof plugin !== "string" || !isAmount(spanS)) return null;
  const cell = cellOf(value);
  return cell === null ? null : { pluginId: plugin, atMs, spanMs: spanS * 1000, cell };
}

/** A cell of its fields; null when they are none. */
export function cellOf(value: Readonly<Record<string, unknown>>): Cell | null {
  const cell = new Cell();
  const { executions = 0, failures = 0, sum_us: sumUs = 0, active_ms: activeMs = 0, times, last_at: lastAt } = value;
  const { cpu_ms: cpuMs = null, memory_mib: peakMib = null, io_bytes: ioBytes = null, health = null } = value;
  if (!isAmount(executions) || !isAmount(failures) || !isAmount(sumUs) || !isAmount(activeMs)) return null;
  if (!(isAmount(cpuMs) || cpuMs === null) || !(isAmount(peakMib) || peakMib === null)) return null;
  if (!(isAmount(ioBytes) || ioBytes === null) || !(isHealth(health) || health === null)) return null;
  Object.assign(cell, { executions, failures, sumUs, activeMs, cpuMs, peakMib, ioBytes, health });
  if (Array.isArray(times) && times.every(isAmount)) cell.times = new Histogram(times);
  const lastMs = typeof lastAt === "string" ? Date.parse(lastAt) : Number.NaN;
  cell.lastMs = Number.isNaN(lastMs) ? null : lastMs;
  return cell;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const isAmount = (value: unknown): value is number => typeof value === "number" && value >= 0;

const HEALTHS: readonly string[] = ["initializing", "ok", "slowpoke", "degraded", "overload", "failed"];
const isHealth = (value: unknown): value is AgentHealth => typeof value === "string" && HEALTHS.includes(value);
