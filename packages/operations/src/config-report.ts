import { keyText } from "./config/layer.ts";
import type { PrivacyConfig } from "./config/rule-schema.ts";
import {
  explainAgent,
  type ExplainedValue,
  explainSections,
  type KnownPlugin,
  knownPluginOf,
  type LoadedConfig,
} from "./config/index.ts";

/** A rule and the place that says so. */
export type WrittenRule = PrivacyConfig & { readonly from: { readonly file: string; readonly line?: number } };

/** What holds, and who said so. */
export interface ConfigReport {
  /** Files that were read, lowest first. */
  readonly files: readonly string[];
  /** Why what they say now is not what runs; `null` when it is. */
  readonly trouble: string | null;
  /** Values of the collector, by dotted key. */
  readonly values: readonly ExplainedValue[];
  /** `[[privacy]]`, in their order, and where each is written. */
  readonly privacy: readonly WrittenRule[];
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
  const privacy = config.privacy.map((rule) => {
    const { from: file, line } = config.origins.get(keyText(["privacy", rule.name])) ?? { from: "default" };
    return { ...rule, from: { file, ...(line === undefined ? {} : { line }) } };
  });
  return { files: config.files, trouble, values: explainSections(config), privacy, agents: Object.fromEntries(agents) };
}
