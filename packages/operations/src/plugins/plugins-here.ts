import type { BuiltinPlugin, PluginProblem } from "@mimolo/protocol";
import type { DataDirectory } from "../data-directory.ts";
import { type Decisions, readDecisions } from "../trust/decisions.ts";
import { discoverPlugins } from "./discover.ts";
import type { FoundPlugin } from "./found-plugin.ts";
import { type IdlePlugin, idleBroken, idleFound, idleInstalled } from "./idle-plugin.ts";

export interface PlacesToLook {
  readonly directory: DataDirectory;
  readonly builtins: readonly BuiltinPlugin[];
  /** `[registry] paths`. */
  readonly paths: readonly string[];
  /** The folder whose npm packages are looked through. */
  readonly cwd: string;
  /** What was decided, if that is at hand; else it is read. */
  readonly decisions?: Decisions | undefined;
}

/** Plugins found beside what is built in and installed, as they lie there at this moment. */
export function foundHere(places: PlacesToLook): { found: readonly FoundPlugin[]; problems: readonly PluginProblem[] } {
  const { directory, builtins, paths, cwd, decisions = readDecisions(directory) } = places;
  const known = [
    ...builtins.map(({ plugin_id: pluginId, entry }) => ({ pluginId, path: entry })),
    ...[...decisions.installed, ...decisions.broken].map(({ pluginId, folder }) => ({ pluginId, path: folder })),
  ];
  return discoverPlugins({ directory, paths, npmRoot: cwd, known });
}

/** Everything that is here beside the built-in plugins: installed, then found; and what lies there and is no plugin. */
export function pluginsHere(
  places: PlacesToLook,
  nowMs: number,
): { idle: readonly IdlePlugin[]; problems: readonly PluginProblem[] } {
  const { decisions = readDecisions(places.directory) } = places;
  const { found, problems } = foundHere({ ...places, decisions });
  const by = { trust: decisions.trust, nowMs };
  const installed = [
    ...decisions.installed.map((each) => idleInstalled(each, by, { dataDir: places.directory.root })),
    ...decisions.broken.map(idleBroken),
  ].toSorted((one, other) => (one.pluginId < other.pluginId ? -1 : 1));
  const unread = decisions.fault === null ? [] : decisions.problems;
  return {
    idle: [...installed, ...found.map((each) => idleFound(each, by))],
    problems: [...unread, ...problems],
  };
}
