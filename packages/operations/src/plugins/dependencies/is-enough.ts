import type { LoadedConfig } from "../../config/index.ts";
import type { PluginNeeds } from "./plugin-needs.ts";
import { pluginRunBy } from "./plugin-run-by.ts";

/** Whether everything that is configured or loaded, and all that it needs, is among `known`: then nothing else has to be looked
 *  for. */
export function isEnough(
  known: readonly PluginNeeds[],
  { plugins }: Pick<LoadedConfig, "plugins">,
  loads: readonly string[],
): boolean {
  const byId = new Map(known.map((plugin) => [plugin.id, plugin]));
  const configured = Object.entries(plugins).flatMap(([label, agent]) => {
    return agent.executable === undefined ? [pluginRunBy(label, agent, known)] : [];
  });
  const wanted = new Set([...configured, ...loads]);
  for (const id of wanted) {
    const plugin = byId.get(id);
    if (plugin === undefined) return false;
    for (const need of Object.keys(plugin.dependencies)) wanted.add(need);
  }
  return true;
}
