import type { BuiltinPlugin } from "@mimolo/protocol";
import { dataDirectory } from "../../data-directory.ts";
import { readDecisions } from "../../trust/decisions.ts";
import { knownPlugins, type PluginNeeds } from "../dependencies/index.ts";
import type { FoundPlugin } from "../found-plugin.ts";

/** What is here, as plans and upgrades ask for it. */
export interface KnownHere {
  /** What a package may replace. */
  readonly installed: readonly PluginNeeds[];
  /** Everything, of each id what counts. */
  readonly known: readonly PluginNeeds[];
  /** Ids of what is built in. */
  readonly fixed: readonly string[];
}

/** Reads what is installed below `root`, beside what is built in and was found. Never throws. */
export function knownHere(
  root: string,
  builtins: readonly BuiltinPlugin[],
  found: readonly FoundPlugin[] = [],
): KnownHere {
  const { installed } = readDecisions(dataDirectory(root));
  return {
    installed: knownPlugins({ builtins: [], installed, found: [] }),
    known: knownPlugins({ builtins, installed, found }),
    fixed: builtins.map(({ plugin_id: id }) => id),
  };
}
