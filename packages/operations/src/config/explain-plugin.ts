/** Who set which value of a plugin: what `plugin config --explain` prints. */
import type { PluginConfigReport } from "@mimolo/protocol";
import { CollectorError } from "../error.ts";
import { AgentSection } from "./agent-schema.ts";
import { type KnownPlugin, overDefaults, pluginIdOf } from "./known-plugin.ts";
import { type ConfigSource, type KeyPath, type Tree, isTable, keyText } from "./layer.ts";
import { type LoadedConfig, originOfValue } from "./loaded-config.ts";
import { nearestName } from "./nearest.ts";
import { isSecretReference } from "./secret-reference.ts";
import { OVERRIDES_TITLE } from "./with-overrides.ts";

type Row = PluginConfigReport["values"][number];

/** Every value of a plugin with its source, tables key by key, a secret as its reference. Values in which the agents of the
 *  plugin differ are told for each of them; with `label` only that one's are told. Throws `CollectorError`: `not-installed` for
 *  an id that nothing here has, `unknown-agent` for a label that does not run it. */
export function explainPlugin(
  config: LoadedConfig,
  id: string,
  known: readonly KnownPlugin[],
  label?: string,
): PluginConfigReport {
  const labels = Object.entries(config.plugins)
    .filter(([each, agent]) => pluginIdOf(each, agent, known) === id)
    .map(([each]) => each);
  const plugin = known.find(({ plugin_id }) => plugin_id === id);
  if (plugin === undefined && labels.length === 0) throw notHere(config, id, known);
  const asked = label === undefined ? labels : [labelAmong(labels, label, id)];
  const defaults = plugin?.defaults ?? {};
  const tables = asked.map((each) => ({ label: each, rows: rowsOf(config, each, defaults) }));
  const values = tables.length === 0 ? idleRows(config, id, defaults) : joined(tables);
  const schema = plugin?.config_schema;
  return { plugin_id: id, values, ...(schema !== undefined && { schema: { ...schema } }) };
}

function rowsOf(config: LoadedConfig, label: string, defaults: Readonly<Tree>): Row[] {
  const agent = config.plugins[label];
  if (agent === undefined) return [];
  const { settings, from: _, ...own } = agent;
  const values: Tree = { ...own };
  for (const [key, value] of Object.entries(defaults)) {
    if (isOurs(key) && values[key] === undefined) values[key] = value;
  }
  const all = { ...values, ...overDefaults(ownOf(defaults), settings) };
  return leavesOf(all, []).map(({ path, value }) => {
    const origin = originOfValue(config.origins, ["plugins", label, ...path]);
    return { key: keyText(path), value, ...(origin ?? ofThePlugin(path, defaults)) };
  });
}

/** Of a plugin that no agent runs: what it would be given. */
function idleRows({ overrides }: LoadedConfig, id: string, defaults: Readonly<Tree>): Row[] {
  const kept = overrides?.plugins;
  const changed: Tree = kept !== undefined && Object.hasOwn(kept, id) ? { ...kept[id] } : {};
  return leavesOf(overDefaults(defaults, changed), []).map(({ path, value }) => {
    const runtime = holds(changed, path) ? { source: "runtime" as const, from: OVERRIDES_TITLE } : null;
    return { key: keyText(path), value, ...(runtime ?? ofThePlugin(path, defaults)) };
  });
}

/** A row that all agents share once, the others for each of them. */
function joined(tables: readonly { readonly label: string; readonly rows: readonly Row[] }[]): Row[] {
  if (tables.length === 1) return [...(tables[0]?.rows ?? [])];
  const counts = new Map<string, number>();
  for (const { rows } of tables) {
    for (const row of rows) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
  }
  const told = new Set<string>();
  const all = tables.flatMap(({ label, rows }) =>
    rows.flatMap((row): Row[] => {
      const text = JSON.stringify(row);
      if (counts.get(text) !== tables.length) return [{ ...row, label }];
      if (told.has(text)) return [];
      told.add(text);
      return [row];
    }),
  );
  const keys = [...new Set(all.map(({ key }) => key))];
  return keys.flatMap((key) => all.filter((row) => row.key === key));
}

interface Leaf {
  readonly path: KeyPath;
  readonly value: unknown;
}

function leavesOf(value: unknown, path: KeyPath): Leaf[] {
  if (value === undefined) return [];
  const isWhole = !isTable(value) || (path.length > 0 && (Object.keys(value).length === 0 || isReference(value, path)));
  if (isWhole) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

function isReference(value: unknown, [key]: KeyPath): boolean {
  return isSecretReference(value) && !isOurs(String(key));
}

function ofThePlugin(path: KeyPath, defaults: Readonly<Tree>): { source: ConfigSource; from: string } {
  return { source: "plugin", from: holds(defaults, path) ? "plugin defaults" : "default" };
}

function holds(tree: Readonly<Tree>, path: KeyPath): boolean {
  let value: unknown = tree;
  for (const name of path) {
    if (!isTable(value) || !Object.hasOwn(value, name)) return false;
    value = value[String(name)];
  }
  return value !== undefined;
}

function ownOf(defaults: Readonly<Tree>): Tree {
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !isOurs(key)));
}

function isOurs(key: string): boolean {
  return Object.hasOwn(AgentSection.shape, key);
}

function labelAmong(labels: readonly string[], label: string, id: string): string {
  const found = labels.find((each) => each.toLowerCase() === label.toLowerCase());
  if (found !== undefined) return found;
  const hint =
    labels.length === 0 ? `no agent runs ${id}; mimolo plugin enable ${id}` : `it is run by ${labels.join(", ")}`;
  throw new CollectorError("unknown-agent", `there is no agent "${label}" that runs ${id}`, hint);
}

function notHere(config: LoadedConfig, id: string, known: readonly KnownPlugin[]): CollectorError {
  const message = `there is no plugin ${id} here`;
  const agent = Object.hasOwn(config.plugins, id) ? config.plugins[id] : undefined;
  if (agent !== undefined) {
    const hint = `${id} is an agent of ${pluginIdOf(id, agent, known)}: name that`;
    return new CollectorError("not-installed", message, hint);
  }
  const nearest = nearestName(
    id,
    known.map(({ plugin_id }) => plugin_id),
  );
  const hint = nearest === undefined ? "mimolo plugin list shows what is here" : `did you mean ${nearest}?`;
  return new CollectorError("not-installed", message, hint);
}
