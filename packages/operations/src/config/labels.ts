/** One agent, one label, however many files speak of it. */
import type { ConfigProblem } from "./error.ts";
import { problemAt } from "./issue.ts";
import { type ConfigLayer, type KeyPath, isTable } from "./layer.ts";

/** How a label looks in the name of an environment variable. */
export function environmentLabel(label: string): string {
  return label.toUpperCase().replaceAll("-", "_");
}

/** The labels of all layers. Those equal but for upper and lower case are one, spelt as the highest layer spells it;
 *  those that only `-` and `_` tell apart are problems, since the environment could not name them. */
export function joinLabels(layers: readonly ConfigLayer[]): { labels: string[]; problems: ConfigProblem[] } {
  const spellings = new Map<string, string>();
  const owners = new Map<string, { label: string; layer: ConfigLayer }>();
  const problems: ConfigProblem[] = [];
  for (const layer of layers) {
    for (const label of agentLabels(layer)) {
      spellings.set(label.toLowerCase(), label);
      const owner = owners.get(environmentLabel(label));
      if (owner === undefined) owners.set(environmentLabel(label), { label, layer });
      else if (owner.label.toLowerCase() !== label.toLowerCase()) {
        const reason = `the labels "${label}" and "${owner.label}" (${owner.layer.title}) cannot be told apart in the environment, where both are ${environmentLabel(label)}`;
        problems.push(
          problemAt(layer, ["plugins", label], "label-collision", reason, { hint: "rename one of the two" }),
        );
      }
    }
  }
  return { labels: [...spellings.values()], problems };
}

/** The same layer with its agents under the spelling that was agreed on. */
export function withLabels(layer: ConfigLayer, labels: readonly string[]): ConfigLayer {
  const plugins = layer.tree["plugins"];
  if (!isTable(plugins)) return layer;
  const spelling = new Map(labels.map((label) => [label.toLowerCase(), label]));
  const own = new Map<string, string>();
  const renamed = Object.entries(plugins).map(([label, agent]) => {
    const agreed = spelling.get(label.toLowerCase()) ?? label;
    own.set(agreed, label);
    return [agreed, agent] as const;
  });
  const asWritten = (path: KeyPath) =>
    path.map((word, index) => (index === 1 && path[0] === "plugins" ? (own.get(String(word)) ?? word) : word));
  const { variable } = layer;
  return {
    ...layer,
    tree: { ...layer.tree, plugins: Object.fromEntries(renamed) },
    place: (path) => layer.place(asWritten(path)),
    ...(variable !== undefined && { variable: (path: KeyPath) => variable(asWritten(path)) }),
  };
}

/** The labels one layer names. */
export function agentLabels(layer: ConfigLayer): string[] {
  const plugins = layer.tree["plugins"];
  return isTable(plugins) ? Object.keys(plugins) : [];
}
