import type { PluginReport, PluginStats, TelemetryReport } from "@mimolo/protocol";
import { worstHealth } from "@mimolo/supervisor";
import type { FinishedCall } from "../calls/plugin-call.ts";
import type { PlatformAround } from "../platform/platform-around.ts";
import type { TimeWindow } from "../reading/window.ts";
import { type Live, statsOf } from "./figures.ts";
import type { Part } from "./parts-of-time.ts";
import { type CountedCalls, Recorder } from "./recorder.ts";
import { pluginReport, reportWindow, telemetryReport } from "./reports.ts";

/** What plugins cost and how their calls end, over restarts. */
export interface Telemetry {
  called(call: FinishedCall): void;
  /** Of every plugin that was ever called. */
  counted(): CountedCalls[];
  /** Throws `CollectorError` `not-installed`. */
  stats(id: string): Promise<PluginStats>;
  report(window: TimeWindow): Promise<TelemetryReport>;
  /** Throws `CollectorError` `not-installed`. */
  pluginReport(id: string, window: TimeWindow, by: Part): Promise<PluginReport>;
  /** Writes down what is not written yet. */
  close(): Promise<void>;
}

export type TelemetryAround = Pick<
  PlatformAround,
  "agents" | "clock" | "control" | "directory" | "events" | "opened" | "parts" | "say"
>;

const AT_REST: readonly string[] = ["planned", "stopping", "stopped", "blocked"];

/** Counts from now on; what was counted before is read meanwhile. */
export function openTelemetry(around: TelemetryAround): Telemetry {
  const { agents, clock, control, directory, events, opened, parts, say } = around;
  const recorder = new Recorder({ folder: directory.telemetry, clock, say });
  const off = events.on("agent:state", ({ label, state }) => {
    const agent = agents.find(label);
    const { health } = agent?.snapshot ?? {};
    if (agent !== undefined && state === "running") recorder.runs(label, agent.plan.pluginId, health ?? "ok");
    else recorder.rests(label, health === "failed");
  });
  opened.listeners.swept = (usages) => recorder.swept(usages);
  const local = () => {
    const { time_zone: timeZone, day_start: dayStart } = parts.config.monitor;
    return { timeZone, dayStart };
  };
  const agentsOf = (id: string) => agents.all().filter(({ plan }) => plan.pluginId === id);
  const live = (id: string): Live => {
    const all = agentsOf(id).map((agent) => agent.status());
    const running = all.filter(({ state }) => state === "running");
    // Of one that came to grief it is said; what nobody wants to run is well as it is.
    const wanted = all.filter(({ state }) => !AT_REST.includes(state));
    const sum = (values: readonly (number | null)[]) =>
      values.every((value) => value === null) ? null : values.reduce<number>((so, value) => so + (value ?? 0), 0);
    return {
      cpuPercent: sum(running.map(({ cpu_percent }) => cpu_percent)),
      memoryMib: sum(running.map(({ memory_mib }) => memory_mib)),
      health: wanted.length === 0 ? null : worstHealth(wanted.map(({ health }) => health)),
    };
  };
  const demand = (id: string) => {
    if (!recorder.knows(id) && agentsOf(id).length === 0) control().config(id);
  };
  return {
    called: (call) => recorder.called(call),
    counted: () => recorder.counted(),
    stats: async (id) => {
      const cell = await recorder.everythingOf(id);
      demand(id);
      return statsOf(id, cell, live(id));
    },
    report: (window) => {
      const both = reportWindow(window, local(), clock.wallMs());
      return recorder.reading(both, (cells) => telemetryReport(cells, both));
    },
    pluginReport: async (id, window, by) => {
      await recorder.everythingOf(id);
      demand(id);
      const both = reportWindow(window, local(), clock.wallMs());
      const of = { pluginId: id, by, local: local() };
      return await recorder.reading(both, (cells) => pluginReport(cells, both, of));
    },
    close: async () => {
      off();
      await recorder.close();
    },
  };
}
