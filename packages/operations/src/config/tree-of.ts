/** A loaded configuration's agents as the tree of a file that says the same, to lay more over them. */
import type { AgentConfig } from "./agent-schema.ts";
import { type Tree, isTable } from "./layer.ts";

/** The keys of an agent as a file would hold them. A copy: whoever lays something over it changes nobody's configuration. */
export function asInFile(agent: Readonly<Partial<AgentConfig>>): Tree {
  const { settings, from: _, ...own } = agent;
  const set = Object.entries(own).filter(([, value]) => value !== undefined);
  return copyOf({ ...settings, ...Object.fromEntries(set) });
}

function copyOf(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, isTable(value) ? copyOf(value) : value]));
}
