/** The environment's say on agents that no file configures: they come by an override, or because another plugin needs them. */
import { checkLayer } from "./check.ts";
import { readEnvironment } from "./environment.ts";
import { type ConfigLayer, isTable, keyText } from "./layer.ts";
import type { LoadedConfig } from "./loaded-config.ts";
import type { Origin } from "./merge.ts";

/** What variables nobody claimed so far say of this label, without keys that somebody set already and without what runs; `null`
 *  when that is nothing. What is no possible value is nothing. */
export function latecomers(
  label: string,
  { unclaimed }: Pick<LoadedConfig, "unclaimed">,
  origins: ReadonlyMap<string, Origin>,
): ConfigLayer | null {
  if (unclaimed === undefined) return null;
  const { layer } = readEnvironment(unclaimed, { labels: [label], folder: process.cwd() });
  const plugins = layer.tree["plugins"];
  const agent = isTable(plugins) ? plugins[label] : undefined;
  const values = Object.entries(isTable(agent) ? agent : {}).filter(([key, value]) => {
    if (key === "plugin" || key === "executable" || isSet(keyText(["plugins", label, key]), origins)) return false;
    return checkLayer({ ...layer, tree: { plugins: { [label]: { [key]: value } } } }).problems.length === 0;
  });
  return values.length === 0 ? null : { ...layer, tree: { plugins: { [label]: Object.fromEntries(values) } } };
}

/** Whether a variable counts by now. */
export function isTaken(variable: string, origins: ReadonlyMap<string, Origin>): boolean {
  return [...origins.values()].some(({ from }) => from === `environment ${variable}`);
}

function isSet(key: string, origins: ReadonlyMap<string, Origin>): boolean {
  return [...origins.keys()].some((known) => known === key || known.startsWith(`${key}.`));
}
