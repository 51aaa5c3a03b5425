import {
  explainAgent,
  type ExplainedValue,
  explainSections,
  type KnownPlugin,
  knownPluginOf,
  type LoadedConfig,
} from "./config/index.ts";

/** What holds, and who said so. */
export interface ConfigReport {
  /** Files that were read, lowest first. */
  readonly files: readonly string[];
  /** Why what they say now is not what runs; `null` when it is. */
  readonly trouble: string | null;
  /** Values of the collector, by dotted key. */
  readonly values: readonly ExplainedValue[];
  /** Values of each agent, by label. */
  readonly agents: Readonly<Record<string, { readonly plugin_id: string; readonly values: readonly ExplainedValue[] }>>;
}

/** Every value of a configuration with its source, and what keeps a later state of its files from running. `known`: built-in and
 *  installed plugins, whose defaults are the first source. */
export function configReport(
  config: LoadedConfig,
  known: readonly KnownPlugin[],
  trouble: string | null = null,
): ConfigReport {
  const agents = Object.entries(config.plugins).flatMap(([label, agent]) => {
    const plugin = knownPluginOf(label, agent, known);
    const explained = explainAgent(config, label, plugin?.defaults ?? {});
    return explained === undefined ? [] : [[label, explained] as const];
  });
  return { files: config.files, trouble, values: explainSections(config), agents: Object.fromEntries(agents) };
}
