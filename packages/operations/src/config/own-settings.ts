/** A plugin's own settings: free, but not where they can only be a slip. */
import { AgentSection, agentKeys } from "./agent-schema.ts";
import type { ConfigNotice, ConfigProblem } from "./error.ts";
import { foundValue } from "./found-value.ts";
import { problemAt } from "./issue.ts";
import type { KnownPlugin } from "./known-plugin.ts";
import { type ConfigLayer, type KeyPath, isTable } from "./layer.ts";
import { nearestName } from "./nearest.ts";
import { noticeAt } from "./old-names.ts";
import { isSecretReference } from "./secret-reference.ts";

/** Names this short are near to too many others. */
const shortestJudged = 4;

/** Settings that look like a misspelt key of MiMoLo's or of the plugin's, and those of another kind than their default
 *  are problems; in the environment, where nothing is fatal, a misspelling is a notice. */
export function checkSettings(
  label: string,
  layers: readonly ConfigLayer[],
  plugin: KnownPlugin | undefined,
): { problems: ConfigProblem[]; notices: ConfigNotice[] } {
  const problems: ConfigProblem[] = [];
  const notices: ConfigNotice[] = [];
  const defaults = plugin?.defaults ?? {};
  const declared = namesIn(plugin?.config_schema);
  const names = [...agentKeys, ...Object.keys(defaults), ...declared];
  for (const layer of layers) {
    const plugins = layer.tree["plugins"];
    const agent = isTable(plugins) && Object.hasOwn(plugins, label) ? plugins[label] : undefined;
    for (const [key, value] of Object.entries(isTable(agent) ? agent : {})) {
      if (agentKeys.has(key)) continue;
      const path = ["plugins", label, key];
      const environment = layer.source === "environment";
      // What the schema says of it comes on its own.
      if (declared.includes(key)) continue;
      if (Object.hasOwn(defaults, key)) {
        if (!environment) problems.push(...ofAnotherKind(layer, path, value, defaults[key]));
        continue;
      }
      const isCommand = plugin === undefined || plugin.runs_commands === true;
      const nearest =
        key.length >= shortestJudged ? nearestName(key, names) : isCommand ? meantByFormat(key, value) : undefined;
      if (nearest === undefined) continue;
      if (environment) {
        const text = `"${key}" in [plugins.${label}] is handed to the plugin as a setting of its own; did you mean "${nearest}"?`;
        notices.push(noticeAt(layer, path, text));
      } else problems.push(misspelt(layer, path, nearest));
    }
  }
  return { problems, notices };
}

/** `as`, where a name as short as that says how to read what a command prints: then it can be nothing else. */
function meantByFormat(key: string, value: unknown): string | undefined {
  const isFormat = value !== undefined && AgentSection.shape.as.safeParse(value).success;
  return isFormat ? nearestName(key, ["as"]) : undefined;
}

function namesIn(schema: object | undefined): readonly string[] {
  const properties: unknown =
    schema === undefined ? undefined : Object.entries(schema).find(([key]) => key === "properties")?.[1];
  return isTable(properties) ? Object.keys(properties) : [];
}

function misspelt(layer: ConfigLayer, path: KeyPath, nearest: string): ConfigProblem {
  const reason = `unknown key "${path[2]}" in [plugins.${path[1]}], did you mean "${nearest}"?`;
  const hint = `rename it to ${nearest}; a setting of the plugin's own needs a name less like it`;
  return problemAt(layer, path, "unknown-key", reason, { nearest, hint });
}

function ofAnotherKind(layer: ConfigLayer, path: KeyPath, value: unknown, usual: unknown): ConfigProblem[] {
  // What a secret is like shows when it is read.
  if (isSecretReference(value)) return [];
  const wanted = kindOf(usual);
  const kind = kindOf(value);
  // A single text is a list of one.
  if (wanted === undefined || kind === wanted || (wanted === "list" && kind === "text")) return [];
  const reason = `"${path[2]}" in [plugins.${path[1]}] must be a ${wanted}; found ${foundValue(value)}`;
  return [
    problemAt(layer, path, "wrong-type", reason, { hint: `leave it out for the default, ${JSON.stringify(usual)}` }),
  ];
}

function kindOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return "list";
  if (isTable(value)) return "table";
  return { string: "text", number: "number", boolean: "true or false" }[typeof value as string];
}
