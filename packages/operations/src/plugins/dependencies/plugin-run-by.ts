import { type AgentConfig, pluginIdOf } from "../../config/index.ts";
import type { PluginNeeds } from "./plugin-needs.ts";

/** The id of the plugin that an agent runs, by the names that what is built in has besides its id. */
export function pluginRunBy(
  label: string,
  agent: Pick<AgentConfig, "plugin" | "executable">,
  known: readonly Pick<PluginNeeds, "id" | "label">[],
): string {
  if (agent.executable !== undefined) return pluginIdOf(label, agent);
  const named = agent.plugin ?? label.toLowerCase().replaceAll("_", "-");
  const plugin = known.find((each) => each.id === named || each.label === named);
  return plugin?.id ?? pluginIdOf(label, agent);
}
