/** A plugin as the configuration knows it: by id, with the first source of its settings and what they must be like. */
import { type Tree, isTable } from "./layer.ts";
import { isSecretReference } from "./secret-reference.ts";

/** A plugin known before the configuration is read. */
export interface KnownPlugin {
  readonly plugin_id: string;
  /** An agent of this label needs no `plugin` key. */
  readonly default_label?: string;
  /** It runs commands of others, and nothing without one. */
  readonly runs_commands?: boolean | undefined;
  /** Its settings and their defaults. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** JSON Schema of its settings, by an author whom nobody trusts. */
  readonly config_schema?: object | undefined;
  /** Why the schema it names cannot be read. */
  readonly schema_fault?: string | undefined;
}

/** The plugin an agent runs, as far as it is known; a program of one's own is none. What is built in also goes by its label. */
export function knownPluginOf(
  label: string,
  agent: { readonly plugin?: unknown; readonly executable?: unknown },
  known: readonly KnownPlugin[],
): KnownPlugin | undefined {
  if (agent.executable !== undefined) return undefined;
  const named = typeof agent.plugin === "string" ? agent.plugin : label.toLowerCase().replaceAll("_", "-");
  return known.find(({ plugin_id, default_label }) => plugin_id === named || default_label?.toLowerCase() === named);
}

/** The id of the plugin an agent runs; `local.<label>` for one's own executable, which speaks for no plugin, whatever it is
 *  called besides. With `known` a label alone may say which plugin it is. */
export function pluginIdOf(
  label: string,
  agent: { readonly plugin?: unknown; readonly executable?: unknown },
  known: readonly KnownPlugin[] = [],
): string {
  const plugin = knownPluginOf(label, agent, known);
  if (plugin !== undefined) return plugin.plugin_id;
  const named = agent.executable === undefined ? agent.plugin : undefined;
  return typeof named === "string" ? named : `local.${label.toLowerCase().replaceAll("_", "-")}`;
}

/** Settings over a plugin's defaults, as layers lie over each other: tables key by key, everything else as a whole. */
export function overDefaults(defaults: Readonly<Tree>, values: Readonly<Tree>): Tree {
  const merged: Tree = { ...defaults };
  for (const [key, value] of Object.entries(values)) {
    const below = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    const joined = isTable(below) && isTable(value) && !isSecretReference(below) && !isSecretReference(value);
    merged[key] = joined ? overDefaults(below, value) : value;
  }
  return merged;
}
