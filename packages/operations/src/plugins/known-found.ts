import type { BuiltinPlugin } from "@mimolo/protocol";
import type { KnownPlugin } from "../config/index.ts";
import type { DataDirectory } from "../data-directory.ts";
import { knownOf } from "./known-of.ts";
import { foundHere } from "./plugins-here.ts";

/** Plugins that lie about, as a configuration knows plugins: for `found` of `loadConfig`, which asks when an agent names one that
 *  is neither built in nor installed. Nothing of them is run. */
export function knownFound(places: {
  readonly directory: DataDirectory;
  readonly builtins: readonly BuiltinPlugin[];
  readonly cwd: string;
}): (paths: readonly string[]) => readonly KnownPlugin[] {
  return (paths) => foundHere({ ...places, paths }).found.map(knownOf);
}
