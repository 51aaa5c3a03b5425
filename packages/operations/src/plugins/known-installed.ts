import type { KnownPlugin } from "../config/index.ts";
import type { DataDirectory } from "../data-directory.ts";
import { readDecisions } from "../trust/decisions.ts";
import { knownOf } from "./known-of.ts";

/** The installed packages as a configuration knows plugins: by id, with the defaults and the schema of their settings. */
export function knownInstalled(directory: DataDirectory): KnownPlugin[] {
  return readDecisions(directory).installed.map(knownOf);
}
