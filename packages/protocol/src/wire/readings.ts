// Reading what a message means where the wire leaves a choice: absent activity, aliases, metrics of a wrong type, two places
// for a monitor's items.
import type { Metrics } from "../message/envelope.ts";
import type { EventMessage } from "../message/event.ts";
import type { Mode, Status } from "../message/status.ts";
import type { ActivitySignal, Summary } from "../message/summary.ts";
import { HEALTHS, type Health } from "./constants.ts";
import { isObject } from "./guard/checks.ts";

/** A summary's activity signal; without one it is passive and knows nothing of work. */
export function activityOf(summary: Pick<Summary, "data">): ActivitySignal {
  const signal = summary.data.activity_signal;
  if (signal === undefined) return { mode: "passive", keep_alive: null };
  const { mode, keep_alive, reason } = signal;
  return reason === undefined ? { mode, keep_alive } : { mode, keep_alive, reason };
}

/** A health as the wire may spell it: `healthy` is `ok`; a word nobody knows is `degraded`, never an all-clear. */
export function readHealth(text: string): Health {
  if (text === "healthy") return "ok";
  return HEALTHS.find((health) => health === text) ?? "degraded";
}

/** The mode a status declares, at top level or in `details`; `null` when it says none. */
export function modeOf(status: Pick<Status, "mode" | "details">): Mode | null {
  const mode = status.mode ?? status.details?.["mode"];
  return mode === "normal" || mode === "intensive" ? mode : null;
}

/** The metrics of a message that have the right type: finite numbers, and `cpu_budget_ok` as a boolean. */
export function metricsOf(message: { readonly metrics?: unknown }): Metrics {
  const { metrics } = message;
  if (!isObject(metrics)) return {};
  const usable = Object.entries(metrics).filter(([key, value]) =>
    key === "cpu_budget_ok" ? typeof value === "boolean" : Number.isFinite(value),
  );
  return Object.fromEntries(usable) as Metrics;
}

export type MonitorItems =
  | { readonly ok: true; readonly items: unknown }
  | { readonly ok: false; readonly code: "missing-data-header" };

/** A monitor event's items, in `data.payload[dataHeader]` or, as the oldest agents have them, `data[dataHeader]`. */
export function monitorItems(message: Pick<EventMessage, "data">, dataHeader: string): MonitorItems {
  const { data } = message;
  for (const place of [data.payload, data]) {
    if (isObject(place) && Object.hasOwn(place, dataHeader)) {
      return { ok: true, items: place[dataHeader] };
    }
  }
  return { ok: false, code: "missing-data-header" };
}
