/** Values that no file holds: flags of this run and what was changed while a collector ran. */
import type { ConfigProblem } from "./error.ts";
import { problemAt } from "./issue.ts";
import { pluginIdOf } from "./known-plugin.ts";
import { type ConfigLayer, type Tree, isTable } from "./layer.ts";
import { plainTree } from "./plain-tree.ts";

/** `state/overrides.json`: by plugin id, and by label, which wins. */
export interface RuntimeOverrides {
  readonly plugins?: Readonly<Record<string, Readonly<Tree>>>;
  readonly agents?: Readonly<Record<string, Readonly<Tree>>>;
}

export interface ValuesReading {
  readonly layer: ConfigLayer;
  readonly problems: readonly ConfigProblem[];
}

/** A layer of plain values under a name for messages. */
export function valuesLayer(values: Readonly<Tree>, title: string, folder: string): ValuesReading {
  const { tree, faults } = plainTree(values);
  const layer: ConfigLayer = {
    source: "runtime",
    from: title,
    title,
    folder,
    found: false,
    tree,
    place: () => undefined,
  };
  return {
    layer,
    problems: faults.map(({ code, path, reason }) => problemAt(layer, path, code, `${path.join(".")} ${reason}`)),
  };
}

/** What was changed for single agents. */
export function agentOverrides(overrides: RuntimeOverrides, title: string, folder: string): ValuesReading {
  return valuesLayer(overrides.agents === undefined ? {} : { plugins: overrides.agents }, title, folder);
}

/** What was changed for all agents of a plugin, spread over the agents of `merged` that run it. */
export function pluginOverrides(
  overrides: RuntimeOverrides,
  merged: Tree,
  title: string,
  folder: string,
): ValuesReading {
  const changed: Tree = {};
  for (const [label, agent] of Object.entries(isTable(merged["plugins"]) ? merged["plugins"] : {})) {
    const id = pluginIdOf(label, isTable(agent) ? agent : {});
    const values = overrides.plugins;
    if (values !== undefined && Object.hasOwn(values, id)) changed[label] = values[id];
  }
  return valuesLayer(Object.keys(changed).length === 0 ? {} : { plugins: changed }, title, folder);
}
