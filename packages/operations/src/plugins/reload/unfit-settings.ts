// What is configured now, against the schema of a version that is to come.
import type { KnownPlugin, LoadedConfig } from "../../config/index.ts";
import { agentKeys } from "../../config/agent-schema.ts";
import { valuesLayer } from "../../config/runtime-layer.ts";
import { schemaFaults } from "../../config/settings-faults.ts";

/** What the schema of their plugin, as it is known here, does not allow in the settings of these agents: sentences with the place
 *  that set the value, where one is known. */
export function unfitSettings(
  labels: readonly string[],
  { plugins, origins }: Pick<LoadedConfig, "plugins" | "origins">,
  plugin: KnownPlugin | undefined,
): string[] {
  return labels.flatMap((label) => {
    const agent = Object.hasOwn(plugins, label) ? plugins[label] : undefined;
    if (agent === undefined) return [];
    const own = Object.entries(agent).filter(([key, value]) => agentKeys.has(key) && value !== undefined);
    const values = { ...agent.settings, ...Object.fromEntries(own) };
    const { layer } = valuesLayer({ plugins: { [label]: values } }, label, "");
    return schemaFaults(label, values, [layer], plugin).problems.map(({ message, key }) => {
      const origin = key === undefined ? undefined : origins.get(key);
      if (origin === undefined) return message;
      return `${message} (${origin.from}${origin.line === undefined ? "" : `:${origin.line}`})`;
    });
  });
}
