import type { BuiltinPlugin, PluginProblem } from "@mimolo/protocol";
import type { DataDirectory } from "../data-directory.ts";
import { type Decisions, readDecisions } from "../trust/decisions.ts";
import { discovering } from "./discover.ts";
import type { FileReadings } from "./file-readings.ts";
import type { Discovery, FoundPlugin } from "./found-plugin.ts";
import { type IdlePlugin, idleBroken, idleFound, idleInstalled } from "./idle-plugin.ts";
import { atOnce, type Pausing } from "./in-slices.ts";

export interface PlacesToLook {
  readonly directory: DataDirectory;
  readonly builtins: readonly BuiltinPlugin[];
  /** `[registry] paths`. */
  readonly paths: readonly string[];
  /** The folder whose npm packages are looked through. */
  readonly cwd: string;
  /** What was decided, if that is at hand; else it is read. */
  readonly decisions?: Decisions | undefined;
  /** What was read the last time; whoever looks again and again keeps it. */
  readonly readings?: FileReadings | undefined;
}

/** What is here beside the built-in plugins. */
export interface PluginsHere {
  readonly idle: readonly IdlePlugin[];
  readonly problems: readonly PluginProblem[];
}

/** Plugins found beside what is built in and installed, as they lie there at this moment; those that are unfit to run here come
 *  last: whoever plans one says why. */
export function foundHere(places: PlacesToLook): { found: readonly FoundPlugin[]; problems: readonly PluginProblem[] } {
  const { found, unfit, problems } = atOnce(lookingAround(places, places.decisions ?? readDecisions(places.directory)));
  return { found: [...found, ...unfit], problems };
}

/** Everything that is here beside the built-in plugins: installed, then found; and what lies there and cannot be used. In small
 *  steps. */
export function* pluginsHere(places: PlacesToLook, nowMs: number): Pausing<PluginsHere> {
  const { decisions = readDecisions(places.directory) } = places;
  const { found, problems } = yield* lookingAround(places, decisions);
  const by = { trust: decisions.trust, nowMs };
  const idle: IdlePlugin[] = decisions.broken.map(idleBroken);
  for (const each of decisions.installed) {
    yield;
    idle.push(idleInstalled(each, by, { dataDir: places.directory.root }));
  }
  idle.sort((one, other) => (one.pluginId < other.pluginId ? -1 : 1));
  for (const each of found) {
    yield;
    idle.push(idleFound(each, by));
  }
  const unread = decisions.fault === null ? [] : decisions.problems;
  return { idle, problems: [...unread, ...problems] };
}

function lookingAround(places: PlacesToLook, decisions: Decisions): Pausing<Discovery> {
  const { directory, builtins, paths, cwd, readings } = places;
  const known = [
    ...builtins.map(({ plugin_id: pluginId, entry }) => ({ pluginId, path: entry })),
    ...[...decisions.installed, ...decisions.broken].map(({ pluginId, folder }) => ({ pluginId, path: folder })),
  ];
  return discovering({ directory, paths, npmRoot: cwd, known, ...(readings !== undefined && { readings }) });
}
