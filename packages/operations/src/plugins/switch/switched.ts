// What is kept of a plugin being on or off.
import type { RuntimeOverrides } from "../../config/index.ts";

/** On for good; `label` is one to add for it, if no agent runs it yet. */
export function switchedOn(overrides: RuntimeOverrides, id: string, label: string | null): RuntimeOverrides {
  const agents = label === null ? {} : { agents: { ...overrides.agents, [label]: { plugin: id } } };
  return { ...withEnabled(overrides, id, true), ...agents };
}

/** Off for good; the settings that were changed stay for when it comes back. */
export function switchedOff(overrides: RuntimeOverrides, id: string): RuntimeOverrides {
  return withEnabled(overrides, id, false);
}

/** Without what was kept for a plugin: whether it is on, its settings, and the agents that are only there to run it. The very same
 *  when nothing was. */
export function forgotten(overrides: RuntimeOverrides, id: string): RuntimeOverrides {
  const { plugins = {}, agents = {} } = overrides;
  const own = Object.entries(agents).filter(([, { plugin, executable }]) => plugin === id && executable === undefined);
  if (own.length === 0 && !Object.hasOwn(plugins, id)) return overrides;
  const without = <Value>(all: Readonly<Record<string, Value>>, names: readonly string[]) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
  const labels = own.map(([label]) => label);
  return { plugins: without(plugins, [id]), agents: without(agents, labels) };
}

function withEnabled(overrides: RuntimeOverrides, id: string, enabled: boolean): RuntimeOverrides {
  const earlier = overrides.plugins !== undefined && Object.hasOwn(overrides.plugins, id) ? overrides.plugins[id] : {};
  return { ...overrides, plugins: { ...overrides.plugins, [id]: { ...earlier, enabled } } };
}
