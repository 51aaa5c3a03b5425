import type { PluginReport, PluginStats, TelemetryReport } from "@mimolo/protocol";
import type { FinishedCall } from "../calls/plugin-call.ts";
import type { PlatformAround } from "../platform/platform-around.ts";
import type { TimeWindow } from "../reading/window.ts";

/** What plugins cost and how their calls end, over restarts. */
export interface Telemetry {
  called(call: FinishedCall): void;
  /** Throws `CollectorError` `not-installed`. */
  stats(id: string): PluginStats;
  report(window: TimeWindow): Promise<TelemetryReport>;
  /** Throws `CollectorError` `not-installed`. */
  pluginReport(id: string, window: TimeWindow, by: "day" | "hour"): Promise<PluginReport>;
  close(): Promise<void>;
}

export function openTelemetry(around: Omit<PlatformAround, "telemetry" | "requests" | "rules">): Telemetry {
  const { clock } = around;
  const none: PluginStats = {
    plugin_id: "",
    executions: 0,
    failures: 0,
    last_execution_at: null,
    avg_execution_time_us: null,
    p95_us: null,
    error_rate: 0,
    throughput_per_min: 0,
    cpu_percent: null,
    memory_mib: null,
    io_bytes: null,
    health: "ok",
  };
  const now = () => new Date(clock.wallMs()).toISOString();
  const { plugin_id: _, ...totals } = none;
  return {
    called: () => undefined,
    stats: (id) => ({ ...none, plugin_id: id }),
    report: () => Promise.resolve({ from: now(), to: now(), plugins: [] }),
    pluginReport: (id) =>
      Promise.resolve({ plugin_id: id, from: now(), to: now(), rows: [], totals: { ...totals, duration_s: 0 } }),
    close: () => Promise.resolve(),
  };
}
