import type { PluginState } from "@mimolo/protocol";

/** Who has come further counts for more; one that was unloaded has been here, one that was discovered only lies there. */
const BY_DISTANCE: readonly PluginState[] = ["discovered", "unloaded", "loaded", "initialized", "suspended", "active"];

/** How far a plugin has come: as far as the furthest of its agents; `discovered` without any. */
export function pluginStateOf(states: Iterable<PluginState>): PluginState {
  let furthest = 0;
  for (const state of states) furthest = Math.max(furthest, BY_DISTANCE.indexOf(state));
  return BY_DISTANCE[furthest] ?? "discovered";
}
