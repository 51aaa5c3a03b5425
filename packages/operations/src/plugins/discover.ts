/** Looks for plugins. Nothing is run, loaded or asked of the network; every file is read with a bound. */
import type { PluginProblem } from "@mimolo/protocol";
import type { DataDirectory } from "../data-directory.ts";
import type { Discovery, FoundPlugin } from "./found-plugin.ts";
import { npmPackages } from "./npm-packages.ts";
import { type Candidate, type Candidates, devFolders, registryFolders } from "./plugin-folders.ts";
import { problem } from "./plugin-folders.ts";
import { readDescription } from "./read-description.ts";

export interface DiscoveryOptions {
  readonly directory: Pick<DataDirectory, "devPlugins">;
  /** `[registry] paths`. */
  readonly paths?: readonly string[];
  /** The folder whose `node_modules` is looked through; none if absent. */
  readonly npmRoot?: string;
  /** What is known already, from MiMoLo itself and from the store: these ids are taken. */
  readonly known?: readonly KnownPlace[];
}

export interface KnownPlace {
  readonly pluginId: string;
  readonly path: string;
}

/** Every plugin in `plugins/dev`, below `[registry] paths` and among the npm packages of a folder. Of equal ids the first in
 *  that order counts, then by path. Never throws: what is broken stands in `problems` and stops nothing. */
export function discoverPlugins({ directory, paths = [], npmRoot, known = [] }: DiscoveryOptions): Discovery {
  const places = [
    quietly(devFolders(directory.devPlugins), directory.devPlugins),
    joined(paths.map(registryFolders)),
    ...(npmRoot === undefined ? [] : [npmPackages(npmRoot)]),
  ];
  const problems = places.flatMap((place) => place.problems);
  const found: FoundPlugin[] = [];
  for (const candidate of distinct(places.flatMap((place) => place.candidates.toSorted(byPath)))) {
    const read = readDescription(candidate.file);
    if (read.ok) found.push({ ...candidate, pluginId: read.manifest.id, manifest: read.manifest });
    else problems.push(read.problem);
  }
  const { first, duplicates } = firstOfEach(found, known);
  return { found: first, problems: [...problems, ...duplicates] };
}

/** A data directory that was not made yet has no such folder. */
function quietly({ candidates, problems }: Candidates, folder: string): Candidates {
  return { candidates, problems: problems.filter(({ path, code }) => path !== folder || code !== "not-found") };
}

function joined(all: readonly Candidates[]): Candidates {
  return {
    candidates: all.flatMap(({ candidates }) => candidates),
    problems: all.flatMap(({ problems }) => problems),
  };
}

/** What several ways lead to counts once, where it was met first. */
function distinct(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ file }) => !seen.has(file) && seen.add(file));
}

function byPath(one: Candidate, other: Candidate): number {
  return one.file < other.file ? -1 : 1;
}

function firstOfEach(found: readonly FoundPlugin[], known: readonly KnownPlace[]) {
  const taken = new Map(known.map(({ pluginId, path }) => [pluginId, path]));
  const first: FoundPlugin[] = [];
  const duplicates: PluginProblem[] = [];
  for (const plugin of found) {
    const holder = taken.get(plugin.pluginId);
    if (holder === undefined) {
      taken.set(plugin.pluginId, plugin.file);
      first.push(plugin);
    } else {
      const message = `${plugin.pluginId} is passed over here: the one at ${holder} comes first`;
      duplicates.push(problem(plugin.file, "duplicate-id", message));
    }
  }
  return { first, duplicates };
}
