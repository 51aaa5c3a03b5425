import { LABEL_PATTERN } from "@mimolo/protocol/wire";
import { type AgentConfig, environmentLabel, type LoadedConfig, type RuntimeOverrides } from "../../config/index.ts";
import { configuredAgent } from "../../config/loaded-config.ts";
import { pluginRunBy } from "./plugin-run-by.ts";
import type { PluginNeeds } from "./plugin-needs.ts";
import { resolveDependencies } from "./resolve.ts";

export interface Around {
  readonly known: readonly PluginNeeds[];
  /** Plugins that were loaded for this run, by id. */
  readonly loads: readonly string[];
  /** What was changed for plugins while a collector ran holds for agents that are added here, too. */
  readonly overrides?: Pick<RuntimeOverrides, "plugins">;
}

/** The configuration with an agent for every plugin that was loaded for this run, and for all that those and the configured ones
 *  need. Its label is the last part of the plugin's id, made unique; its `from` says who wants it. What is needed and switched off
 *  gets one that is switched off. */
export function withNeeded(config: LoadedConfig, { known, loads, overrides = {} }: Around): LoadedConfig {
  const loaded = new Set(loads);
  const plugins: Record<string, AgentConfig> = {};
  for (const [label, agent] of Object.entries(config.plugins)) {
    const on = agent.enabled || loaded.has(pluginRunBy(label, agent, known));
    plugins[label] = on === agent.enabled ? agent : { ...agent, enabled: on };
  }
  const off = new Set(switchedOff(plugins, known));
  const running = new Set(
    Object.entries(plugins).flatMap(([label, agent]) => (agent.enabled ? [pluginRunBy(label, agent, known)] : [])),
  );
  const around = known.map((plugin) => (off.has(plugin.id) ? { ...plugin, disabled: true } : plugin));
  const { order, faults } = resolveDependencies(around, [...running, ...loads]);
  const added = order.filter((id) => !running.has(id));
  for (const id of [...loads.filter((load) => !running.has(load) && !order.includes(load)), ...added]) {
    const plugin = known.find((each) => each.id === id);
    // What nobody knows cannot be run: whoever loads it is told so.
    if (plugin === undefined) continue;
    const label = newLabel(plugin, plugins);
    const { enabled: _, ...changed } = overrides.plugins?.[id] ?? {};
    const from = { file: loaded.has(id) ? "plugin load" : neededBy(id, known, order), folder: process.cwd() };
    plugins[label] = configuredAgent({ ...changed, plugin: id }, from);
  }
  // Said in the configuration, so that whoever plans by it knows why those that need it wait.
  for (const id of new Set(faults.flatMap(({ code, path }) => (code === "disabled" ? path.slice(-1) : [])))) {
    const plugin = known.find((each) => each.id === id);
    if (plugin === undefined || off.has(id)) continue;
    const from = { file: "plugin disable", folder: process.cwd() };
    plugins[newLabel(plugin, plugins)] = configuredAgent({ plugin: id, enabled: false }, from);
  }
  return { ...config, plugins };
}

/** Plugins that agents are configured for, none of which is switched on. */
export function switchedOff(
  plugins: Readonly<Record<string, AgentConfig>>,
  known: readonly PluginNeeds[],
): readonly string[] {
  const agents = Object.entries(plugins).map(([label, agent]) => ({ id: pluginRunBy(label, agent, known), agent }));
  const on = new Set(agents.flatMap(({ id, agent }) => (agent.enabled ? [id] : [])));
  return agents.flatMap(({ id }) => (on.has(id) ? [] : [id]));
}

function neededBy(id: string, known: readonly PluginNeeds[], order: readonly string[]): string {
  const needing = known.filter((each) => order.includes(each.id) && Object.hasOwn(each.dependencies, id));
  return `needed by ${needing.map((each) => each.id).join(", ")}`;
}

/** Two labels that the environment could not tell apart are one. */
function newLabel({ id, label }: PluginNeeds, taken: Readonly<Record<string, AgentConfig>>): string {
  const names = new Set(Object.keys(taken).map(environmentLabel));
  const last = id.split(".").at(-1) ?? id;
  const base = label ?? (LABEL_PATTERN.test(last) ? last : `_${last}`.slice(0, 64));
  for (let count = 1; ; count += 1) {
    const tried = count === 1 ? base : `${base.slice(0, 60)}-${count}`;
    if (!names.has(environmentLabel(tried))) return tried;
  }
}
