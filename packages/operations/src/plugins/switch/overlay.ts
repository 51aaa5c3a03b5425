// What lies over the written configuration while a collector runs: changes that are kept, and those of this run.
import type { LoadedConfig, RuntimeOverrides } from "../../config/index.ts";
import { type PluginNeeds, pluginRunBy } from "../dependencies/index.ts";

export interface Overlay {
  /** What `state/overrides.json` holds. */
  readonly overrides: RuntimeOverrides;
  /** Ids that somebody loaded, until the collector ends. */
  readonly loads: readonly string[];
  /** Ids that somebody unloaded, until the collector ends. */
  readonly unloads: readonly string[];
}

/** Labels that run this plugin, or would if they were on. */
export function labelsOf(config: LoadedConfig, id: string, known: readonly PluginNeeds[]): string[] {
  return Object.entries(config.plugins)
    .filter(([label, agent]) => pluginRunBy(label, agent, known) === id)
    .map(([label]) => label);
}

/** The same of those that are on. */
export function runningLabels(config: LoadedConfig, id: string, known: readonly PluginNeeds[]): string[] {
  return labelsOf(config, id, known).filter((label) => config.plugins[label]?.enabled === true);
}

/** The labels of unloaded plugins are off, whatever is written. */
export function withoutUnloaded(
  config: LoadedConfig,
  unloads: readonly string[],
  known: readonly PluginNeeds[],
): LoadedConfig {
  if (unloads.length === 0) return config;
  const off = unloads.flatMap((id) => runningLabels(config, id, known));
  const agents = Object.entries(config.plugins).map(([label, agent]) => {
    return [label, off.includes(label) ? { ...agent, enabled: false } : agent] as const;
  });
  return { ...config, plugins: Object.fromEntries(agents) };
}
