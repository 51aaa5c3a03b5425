/** Who set which value: what `plugin config --explain` prints. */
import { AgentSection } from "./agent-schema.ts";
import { describeKeys } from "./describe.ts";
import { pluginIdOf } from "./known-plugin.ts";
import { type ConfigSource, type Tree, isTable, keyText } from "./layer.ts";
import type { LoadedConfig } from "./loaded-config.ts";
import type { Origin } from "./merge.ts";

/** One value and its source. `from` is a file, a variable, `default` for MiMoLo's own or `plugin defaults`. */
export interface ExplainedValue {
  readonly key: string;
  readonly value: unknown;
  readonly source: ConfigSource;
  readonly from: string;
  readonly line?: number;
}

/** Every value of one agent, its settings included; `pluginDefaults` are those of its manifest and lie below all others. */
export function explainAgent(
  config: LoadedConfig,
  label: string,
  pluginDefaults: Readonly<Tree> = {},
): { plugin_id: string; values: ExplainedValue[] } | undefined {
  const agent = Object.hasOwn(config.plugins, label) ? config.plugins[label] : undefined;
  if (agent === undefined) return undefined;
  const { settings, from: _, ...own } = agent;
  const isDefault = (key: string) => !config.origins.has(keyText(["plugins", label, key]));
  const values: Tree = { ...own };
  for (const [key, value] of Object.entries(pluginDefaults)) {
    if (!Object.hasOwn(AgentSection.shape, key)) continue;
    if (isDefault(key)) values[key] = value;
  }
  const explain = (key: string, value: unknown): ExplainedValue[] => {
    if (value === undefined) return [];
    const declared = Object.hasOwn(pluginDefaults, key);
    const origin = originBelow(config, keyText(["plugins", label, key]));
    return [{ key, value, ...(origin ?? { source: "plugin", from: declared ? "plugin defaults" : "default" }) }];
  };
  const ownDefaults = Object.entries(pluginDefaults).filter(([key]) => !Object.hasOwn(AgentSection.shape, key));
  const merged = { ...Object.fromEntries(ownDefaults), ...settings };
  const explained = [...Object.entries(values), ...Object.entries(merged)].flatMap(([key, value]) =>
    explain(key, value),
  );
  return { plugin_id: pluginIdOf(label, agent), values: explained };
}

/** Every value of `[monitor] [control] [trust] [registry]` with its source. */
export function explainSections(config: LoadedConfig): ExplainedValue[] {
  const sections: Tree = {
    monitor: config.monitor,
    control: config.control,
    trust: config.trust,
    registry: config.registry,
  };
  return describeKeys().flatMap(({ key }) => {
    const [section = "", name = ""] = key.split(".");
    const table = sections[section];
    const value = isTable(table) ? table[name] : undefined;
    return value === undefined
      ? []
      : [{ key, value, ...(originBelow(config, key) ?? { source: "plugin", from: "default" }) }];
  });
}

/** The origin of a value, or for a table the highest of what is in it. */
function originBelow(config: LoadedConfig, key: string): Origin | undefined {
  const rank: readonly ConfigSource[] = ["plugin", "global", "environment", "user", "runtime"];
  const inside = [...config.origins]
    .filter(([known]) => known === key || known.startsWith(`${key}.`))
    .map(([, origin]) => origin);
  return inside.toSorted((one, other) => rank.indexOf(other.source) - rank.indexOf(one.source))[0];
}
