/** What a plugin's defaults say of MiMoLo's own keys: how often it speaks, what its events count as, what it may use. */
import { AgentSection } from "./agent-schema.ts";
import type { ConfigNotice } from "./error.ts";
import type { KnownPlugin } from "./known-plugin.ts";
import { type Tree, keyText } from "./layer.ts";
import type { Origin } from "./merge.ts";

/** The keys that an author may have a wish about; what runs, where and how confined is never theirs. */
export const paceKeys = [
  "heartbeat_interval_s",
  "agent_flush_interval_s",
  "resets_cooldown",
  "infrequent",
  "data_header",
  "cpu_budget_percent",
  "memory_mib",
] as const;

/** The plugin's wishes that nobody overruled; `null` when there are none. One that is no possible value is told and left out. */
export function paceDefaults(
  label: string,
  plugin: KnownPlugin | undefined,
  origins: ReadonlyMap<string, Origin>,
  notices: ConfigNotice[],
): Tree | null {
  const defaults = plugin?.defaults;
  if (plugin === undefined || defaults === undefined) return null;
  const wishes: Tree = {};
  for (const key of paceKeys) {
    if (!Object.hasOwn(defaults, key) || defaults[key] === undefined) continue;
    if (origins.has(keyText(["plugins", label, key]))) continue;
    const { success } = AgentSection.shape[key].safeParse(defaults[key]);
    if (success) wishes[key] = defaults[key];
    else notices.push({ message: `${plugin.plugin_id}: its default of ${key} is not possible and left out` });
  }
  return Object.keys(wishes).length === 0 ? null : wishes;
}
