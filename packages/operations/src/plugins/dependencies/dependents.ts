import satisfies from "semver/functions/satisfies.js";
import { shownPath } from "./faults.ts";
import type { DependencyFault, PluginNeeds } from "./plugin-needs.ts";

/** The plugins among `known` that need this one, nearest first: those that name it, then those that need them. */
export function dependentsOf(known: readonly PluginNeeds[], id: string): readonly string[] {
  const needing = new Map<string, string[]>();
  for (const plugin of known) {
    for (const need of Object.keys(plugin.dependencies)) {
      const already = needing.get(need);
      if (already === undefined) needing.set(need, [plugin.id]);
      else already.push(plugin.id);
    }
  }
  const met = new Set([id]);
  for (const each of met) for (const dependent of needing.get(each) ?? []) met.add(dependent);
  met.delete(id);
  return [...met];
}

/** What would no longer run with this version of a plugin in the place of the one that is here: the first that wants another, and
 *  in its message all of them; null when it suits everyone. */
export function breaksRange(
  known: readonly PluginNeeds[],
  { id, version }: { readonly id: string; readonly version: string },
): DependencyFault | null {
  const broken = known.flatMap((plugin) => {
    const range = Object.hasOwn(plugin.dependencies, id) ? plugin.dependencies[id] : undefined;
    return range === undefined || plugin.id === id || satisfies(version, range) ? [] : [{ id: plugin.id, range }];
  });
  const [first, ...others] = broken;
  if (first === undefined) return null;
  const more = others.map((other) => `; ${other.id} needs ${id} ${other.range}`).join("");
  const path = [first.id, id];
  const message = `${shownPath(path)}: ${id} ${first.range} is needed, this is ${version}${more}`;
  return { id: first.id, code: "conflict", path, range: first.range, found: version, message };
}
