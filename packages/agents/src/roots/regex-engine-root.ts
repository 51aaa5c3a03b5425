// Agents are one file each; the engine for the regular expressions of privacy rules lies beside.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where Node will find the engine from `file`, as it is named and as it really lies; nothing where it is not installed. */
export function regexEngineRoots(file: string): string[] {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const engine = join(folder, "node_modules", "re2js");
    if (existsSync(engine)) return [...new Set([engine, realpathSync.native(engine)])];
    if (dirname(folder) === folder) return [];
  }
}
