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
}

export interface Discovery {
  /** One for each id, sorted by source, then by path. */
  readonly found: readonly FoundPlugin[];
  /** Every description that cannot be read, with its line where there is one; then every id found more than once. */
  readonly problems: readonly PluginProblem[];
}
