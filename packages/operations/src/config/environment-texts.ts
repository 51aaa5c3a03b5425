/** Settings from the environment that are to be texts, whatever they look like: `007` is a name there, not the number 7. */
import { type KnownPlugin, knownPluginOf } from "./known-plugin.ts";
import { type ConfigLayer, type KeyPath, type Tree, isTable } from "./layer.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The layer with the texts as they were written where a plugin's schema or its defaults want text. `merged` says what each label
 *  runs. */
export function withTexts(
  layer: ConfigLayer,
  env: Environment,
  merged: Tree,
  known: readonly KnownPlugin[],
): ConfigLayer {
  const plugins = layer.tree["plugins"];
  if (layer.source !== "environment" || !isTable(plugins)) return layer;
  const agents = isTable(merged["plugins"]) ? merged["plugins"] : {};
  const written = (path: KeyPath, value: unknown): unknown => {
    const variable = layer.variable?.(path);
    // What is inside a list or a table that one variable holds has been read as such.
    if (variable === undefined || variable === layer.variable?.(path.slice(0, -1))) return value;
    const text = env[variable];
    return text === undefined || /^\s*["']/.test(text) ? value : text;
  };
  const change = (value: unknown, path: KeyPath, wanted: Wanted): unknown => {
    if (isTable(value)) {
      const inner = Object.entries(value).map(([name, each]) => [
        name,
        change(each, [...path, name], inside(wanted, name)),
      ]);
      return Object.fromEntries(inner) as unknown;
    }
    return isText(wanted) ? written(path, value) : value;
  };
  const changed = Object.entries(plugins).map(([label, agent]) => {
    const says = agents[label];
    const plugin = knownPluginOf(label, isTable(says) ? says : {}, known);
    const wanted: Wanted = { schema: plugin?.config_schema, usual: plugin?.defaults };
    return [label, change(agent, ["plugins", label], wanted)] as const;
  });
  return { ...layer, tree: { ...layer.tree, plugins: Object.fromEntries(changed) } };
}

/** What a schema and a default say of one place. */
interface Wanted {
  readonly schema: unknown;
  readonly usual: unknown;
}

function inside({ schema, usual }: Wanted, name: string): Wanted {
  const properties = isTable(schema) ? schema["properties"] : undefined;
  const of = (table: unknown) => (isTable(table) && Object.hasOwn(table, name) ? table[name] : undefined);
  return { schema: of(properties), usual: of(usual) };
}

function isText({ schema, usual }: Wanted): boolean {
  const type = isTable(schema) ? schema["type"] : undefined;
  return type === undefined ? typeof usual === "string" : type === "string";
}
