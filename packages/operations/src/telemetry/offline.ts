// What was counted, for whoever has only the files.
import type { PluginReport, PluginStats, TelemetryReport } from "@mimolo/protocol";
import type { TimeWindow } from "../reading/window.ts";
import { Cell } from "./cell.ts";
import { cellsWithin } from "./day-files.ts";
import { notRunning, statsOf } from "./figures.ts";
import type { LocalTime, Part } from "./parts-of-time.ts";
import { pluginReport, reportWindow, telemetryReport } from "./reports.ts";
import { everything } from "./totals.ts";

/** When it is now, and by which clocks. */
export interface ReadingTime {
  readonly nowMs: number;
  readonly local: LocalTime;
}

/** Everything ever counted of a plugin; zeros when nothing was. */
export async function keptStats(folder: string, pluginId: string): Promise<PluginStats> {
  return statsOf(pluginId, (await everything(folder)).get(pluginId) ?? new Cell(), notRunning);
}

export async function keptTelemetry(
  folder: string,
  window: TimeWindow,
  { nowMs, local }: ReadingTime,
): Promise<TelemetryReport> {
  const both = reportWindow(window, local, nowMs);
  return await telemetryReport(cellsWithin(folder, both), both);
}

export async function keptPluginReport(
  folder: string,
  of: { readonly pluginId: string; readonly window: TimeWindow; readonly by: Part },
  { nowMs, local }: ReadingTime,
): Promise<PluginReport> {
  const both = reportWindow(of.window, local, nowMs);
  return await pluginReport(cellsWithin(folder, both), both, { ...of, local });
}
