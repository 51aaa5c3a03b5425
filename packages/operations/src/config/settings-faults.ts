/** An agent's settings against the schema of its plugin, layer by layer. */
import { agentKeys } from "./agent-schema.ts";
import type { ConfigNotice, ConfigProblem } from "./error.ts";
import { type KnownPlugin, overDefaults } from "./known-plugin.ts";
import { type ConfigLayer, type KeyPath, type Tree, isTable } from "./layer.ts";
import { type Merged, mergeInto } from "./merge.ts";
import { checkAgainstSchema, type SchemaCheck } from "./settings-schema/check-against-schema.ts";

export interface SettingsFaults {
  readonly problems: readonly ConfigProblem[];
  readonly notices: readonly ConfigNotice[];
}

/** What the layers set that the plugin of this agent does not allow. Where the plugin itself is at fault, and for unknown names in
 *  the environment, there are notices: they stop nothing. */
export function schemaFaults(
  label: string,
  agent: Readonly<Tree>,
  layers: readonly ConfigLayer[],
  plugin: KnownPlugin | undefined,
): SettingsFaults {
  if (plugin === undefined || agent["enabled"] === false) return { problems: [], notices: [] };
  const { problems, fault } = checkOf(label, agent, layers, plugin);
  const isIdleTalk = ({ code, file }: ConfigProblem) => code === "unknown-key" && file === "environment";
  const notices = problems.filter(isIdleTalk).map(({ message, file, key }) => ({
    message: `${message}; it is handed to the plugin as it is`,
    ...(file && { file }),
    ...(key && { key }),
  }));
  const inOrder = problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return {
    problems: inOrder.filter((problem) => !isIdleTalk(problem)),
    notices: fault === null ? notices : [...notices, { message: `${plugin.plugin_id}: ${fault}; ${unused}` }],
  };
}

const unused = "that is for its author to mend, and stops nothing";

/** Problems that one more layer would bring; those that are there without it are not its own. */
export function faultsBroughtBy(
  layer: ConfigLayer,
  below: Merged,
  label: string,
  plugin: KnownPlugin | undefined,
): readonly ConfigProblem[] {
  if (plugin?.config_schema === undefined) return [];
  const own = agentIn(layer.tree, label);
  if (Object.keys(own).every((key) => agentKeys.has(key) && key !== "poll_interval_s")) return [];
  const before = structuredClone(below.tree);
  const merged: Merged = { tree: before, origins: new Map() };
  const already = checkOf(label, agentIn(before, label), [layer], plugin).problems.map(({ message }) => message);
  mergeInto(merged, layer);
  const { problems } = checkOf(label, agentIn(merged.tree, label), [layer], plugin);
  return problems.filter(({ message }) => !already.includes(message));
}

function checkOf(
  label: string,
  agent: Readonly<Tree>,
  layers: readonly ConfigLayer[],
  plugin: KnownPlugin,
): SchemaCheck {
  const { config_schema: schema, schema_fault: fault, defaults = {} } = plugin;
  if (schema === undefined) return { problems: [], fault: fault ?? null };
  const settings = overDefaults(settingsIn(defaults, schema), settingsIn(agent, schema));
  return checkAgainstSchema(schema, settings, {
    label,
    layerOf: (path) => layerOf(["plugins", label, ...path], layers, valueIn(settings, path) !== undefined),
    names: [...agentKeys],
  });
}

/** What the plugin is given; of MiMoLo's own keys only the pace, where the schema speaks of it. */
function settingsIn(values: Readonly<Tree>, schema: object): Tree {
  const properties: unknown = (schema as Tree)["properties"];
  const speaksOfPace = isTable(properties) && Object.hasOwn(properties, "poll_interval_s");
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => !agentKeys.has(key) || (speaksOfPace && key === "poll_interval_s")),
  );
}

/** The highest layer that says this; for what nobody says, the highest that says what is around it. */
function layerOf(path: KeyPath, layers: readonly ConfigLayer[], isSet: boolean): ConfigLayer | undefined {
  for (let length = path.length; length > 1; length -= 1) {
    const around = path.slice(0, length);
    const found = layers.findLast(({ tree }) => valueIn(tree, around) !== undefined);
    if (found !== undefined) return found;
    // Set, and by no layer: that is the plugin itself.
    if (isSet) return undefined;
  }
  return undefined;
}

function agentIn(tree: Tree, label: string): Tree {
  const agent = valueIn(tree, ["plugins", label]);
  return isTable(agent) ? agent : {};
}

function valueIn(tree: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((value, word) => {
    if (Array.isArray(value)) return value[Number(word)];
    return isTable(value) && Object.hasOwn(value, word) ? value[String(word)] : undefined;
  }, tree);
}
