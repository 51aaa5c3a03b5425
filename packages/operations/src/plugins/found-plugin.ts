import type { PluginAuthorFile, PluginProblem } from "@mimolo/protocol";
import type { FoundIn } from "./plugin-folders.ts";

/** What a plugin says of itself, as `plugin.toml` and the manifest of a package have it in common. */
export type PluginDescription = PluginAuthorFile["plugin"];

/** A plugin that lies somewhere. That it was found says nothing of whether it may run. */
export interface FoundPlugin {
  readonly pluginId: string;
  readonly source: FoundIn;
  /** Absolute, links followed; what `entry` of the description is relative to. */
  readonly folder: string;
  /** The file that describes it. */
  readonly file: string;
  readonly manifest: PluginDescription;
  /** Of a copy: folders elsewhere that are linked to from it and belong to it, links followed. */
  readonly linked?: readonly string[];
}

/** One that cannot run here, whoever trusts it: made for something else, or not whole. */
export interface UnfitPlugin extends FoundPlugin {
  readonly problem: PluginProblem;
}

export interface Discovery {
  /** Those that could run, one for each id, sorted by source, then by path. */
  readonly found: readonly FoundPlugin[];
  /** Those that cannot, in the same order; their ids are taken too. */
  readonly unfit: readonly UnfitPlugin[];
  /** Every description that cannot be read and every plugin that is unfit, with its line where there is one; then every id found
   *  more than once. One for each plugin. */
  readonly problems: readonly PluginProblem[];
}
