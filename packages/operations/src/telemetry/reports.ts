import type { PluginReport, TelemetryReport } from "@mimolo/protocol";
import type { TimeWindow } from "../reading/window.ts";
import { Cell } from "./cell.ts";
import { type PlacedCell, touches } from "./cell-line.ts";
import { figuresOf } from "./figures.ts";
import { type LocalTime, type Part, partsOfTime } from "./parts-of-time.ts";

const DAY_MS = 86_400_000;
const DAYS_UNLESS_TOLD = 7;

/** Both ends of a report. */
export interface ReportWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Today and the six days before, unless told otherwise. */
export function reportWindow({ fromMs, toMs }: TimeWindow, local: LocalTime, nowMs: number): ReportWindow {
  const endMs = toMs ?? nowMs;
  const lastDayMs = partsOfTime(local, "day")(endMs);
  // From a noon or so: days of a changed hour are not all of one length.
  const beginMs = partsOfTime(local, "day")(lastDayMs - (DAYS_UNLESS_TOLD - 1.5) * DAY_MS);
  return { fromMs: fromMs ?? beginMs, toMs: endMs };
}

/** What every plugin did in the window, by id. */
export async function telemetryReport(cells: Cells, window: ReportWindow): Promise<TelemetryReport> {
  const plugins = new Map<string, Cell>();
  for await (const placed of cells) if (touches(placed, window)) into(plugins, placed.pluginId, placed.cell);
  return {
    ...endsOf(window),
    plugins: [...plugins]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([plugin_id, cell]) => {
        const { duration_s: _, ...figures } = figuresOf(cell);
        return { plugin_id, ...figures };
      }),
  };
}

/** What one plugin did in the window: a row for each hour or day in which it did anything, and the sum of those. */
export async function pluginReport(
  cells: Cells,
  window: ReportWindow,
  of: { pluginId: string; by: Part; local: LocalTime },
): Promise<PluginReport> {
  const beginOf = partsOfTime(of.local, of.by);
  const rows = new Map<number, Cell>();
  const sum = new Cell();
  for await (const placed of cells) {
    if (placed.pluginId !== of.pluginId || !touches(placed, window)) continue;
    into(rows, beginOf(placed.atMs), placed.cell);
    sum.add(placed.cell);
  }
  return {
    plugin_id: of.pluginId,
    ...endsOf(window),
    rows: [...rows]
      .toSorted(([a], [b]) => a - b)
      .map(([atMs, cell]) => ({ key: new Date(atMs).toISOString(), ...figuresOf(cell) })),
    totals: figuresOf(sum),
  };
}

type Cells = AsyncIterable<PlacedCell> | Iterable<PlacedCell>;

function into<Key>(cells: Map<Key, Cell>, key: Key, other: Cell): void {
  const cell = cells.get(key) ?? new Cell();
  cell.add(other);
  cells.set(key, cell);
}

function endsOf({ fromMs, toMs }: ReportWindow): { from: string; to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}
