// Installed plugins that need one that is about to change.
import type { TrustData } from "@mimolo/trust";
import satisfies from "semver/functions/satisfies.js";
import type { DataDirectory } from "../../data-directory.ts";
import { CollectorError } from "../../error.ts";
import { breaksRange, dependentsOf, type PluginNeeds } from "../../plugins/dependencies/index.ts";
import { readStore } from "../store.ts";

/** Throws `CollectorError` `dependency` when others need this plugin. */
export function refuseIfNeeded(pluginId: string, data: TrustData, directory: DataDirectory): void {
  const installed = needsOfInstalled(data, directory);
  const [first, ...others] = dependentsOf(installed, pluginId);
  if (first === undefined) return;
  const freely = [first, ...others].find((id) => dependentsOf(installed, id).length === 0) ?? first;
  const more = others.length === 0 ? "" : `, and so by ${others.join(", ")}`;
  throw new CollectorError(
    "dependency",
    `${pluginId} is needed by ${first}${more}; nothing was removed`,
    `remove ${others.length === 0 ? "it" : "them"} first: mimolo plugin remove ${freely}`,
    { reason: "needed" },
  );
}

/** What would no longer run with the version `to` in the place of `from`, in a sentence; null when it suits everyone it suited
 *  before. `alongside` is replaced too, so what it wants now does not count. */
export function brokenBy(
  replacement: { readonly id: string; readonly from: string | undefined; readonly to: string },
  alongside: readonly string[],
  data: TrustData,
  directory: DataDirectory,
): string | null {
  const { id, from, to } = replacement;
  if (from === undefined) return null;
  const content = needsOfInstalled(data, directory).filter(({ id: dependent, dependencies }) => {
    const range = Object.hasOwn(dependencies, id) ? dependencies[id] : undefined;
    return range !== undefined && satisfies(from, range) && !alongside.includes(dependent);
  });
  return breaksRange(content, { id, version: to })?.message ?? null;
}

function needsOfInstalled(data: TrustData, directory: DataDirectory): PluginNeeds[] {
  return readStore(directory, data).installed.map(({ pluginId, manifest: { version, dependencies } }) => {
    return { id: pluginId, version, dependencies };
  });
}
