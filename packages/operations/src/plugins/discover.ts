/** Looks for plugins. Nothing is run, loaded or asked of the network; every file is read with a bound. */
import type { PluginProblem } from "@mimolo/protocol";
import type { DataDirectory } from "../data-directory.ts";
import { FileReadings } from "./file-readings.ts";
import type { Discovery, FoundPlugin, UnfitPlugin } from "./found-plugin.ts";
import { atOnce, type Pausing } from "./in-slices.ts";
import { npmPackages } from "./npm-packages.ts";
import { type Candidate, type Candidates, devFolders, registryFolders } from "./plugin-folders.ts";
import { problem } from "./plugin-folders.ts";
import { type Description, readDescription } from "./read-description.ts";
import { unfitness } from "./unfitness.ts";

export interface DiscoveryOptions {
  readonly directory: Pick<DataDirectory, "devPlugins">;
  /** `[registry] paths`. */
  readonly paths?: readonly string[];
  /** The folder whose `node_modules` is looked through; none if absent. */
  readonly npmRoot?: string;
  /** What is known already, from MiMoLo itself and from the store: these ids are taken. */
  readonly known?: readonly KnownPlace[];
  /** What was read the last time; whoever looks again and again keeps it. */
  readonly readings?: FileReadings;
}

export interface KnownPlace {
  readonly pluginId: string;
  readonly path: string;
}

/** Every plugin in `plugins/dev`, below `[registry] paths` and among the npm packages of a folder. Of equal ids the first in
 *  that order counts, then by path. Never throws: what is broken stands in `problems` and stops nothing. */
export function discoverPlugins(options: DiscoveryOptions): Discovery {
  return atOnce(discovering(options));
}

/** The same in small steps. */
export function* discovering(options: DiscoveryOptions): Pausing<Discovery> {
  const { directory, paths = [], npmRoot, known = [], readings = new FileReadings() } = options;
  const places = [quietly(yield* devFolders(directory.devPlugins), directory.devPlugins)];
  const registries: Candidates[] = [];
  for (const path of paths) registries.push(yield* registryFolders(path));
  places.push(joined(registries));
  if (npmRoot !== undefined) places.push(yield* npmPackages(npmRoot, readings));
  const problems = places.flatMap((place) => place.problems);
  const described: (FoundPlugin & Description)[] = [];
  for (const candidate of distinct(places.flatMap((place) => place.candidates.toSorted(byPath)))) {
    yield;
    const read = readDescription(candidate.file, readings);
    if (!read.ok) problems.push(read.problem);
    else described.push({ ...candidate, ...read, pluginId: read.manifest.id });
  }
  const { first, duplicates } = firstOfEach(described, known);
  const found: FoundPlugin[] = [];
  const unfit: UnfitPlugin[] = [];
  for (const { pluginId, source, folder, file, manifest, lineOf } of first) {
    yield;
    const plugin = { pluginId, source, folder, file, manifest };
    const fault = unfitness(plugin, lineOf);
    if (fault === null) found.push(plugin);
    else unfit.push({ ...plugin, problem: fault });
  }
  return { found, unfit, problems: [...problems, ...unfit.map((each) => each.problem), ...duplicates] };
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

function firstOfEach<Found extends FoundPlugin>(found: readonly Found[], known: readonly KnownPlace[]) {
  const taken = new Map(known.map(({ pluginId, path }) => [pluginId, path]));
  const first: Found[] = [];
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
