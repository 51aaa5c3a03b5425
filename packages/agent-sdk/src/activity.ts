import type { ActivitySignal } from "@mimolo/protocol/wire";

export const ACTIVITIES = ["worked", "idle", "passive"] as const;

/** What a window says about work. `worked` and `idle` drive the timeline; a `passive` agent never does. */
export type Activity = (typeof ACTIVITIES)[number];

/** The wire's form of it. */
export function activitySignal(activity: Activity, reason?: string): ActivitySignal {
  const signal: ActivitySignal =
    activity === "passive"
      ? { mode: "passive", keep_alive: null }
      : { mode: "active", keep_alive: activity === "worked" };
  return reason === undefined ? signal : { ...signal, reason };
}
