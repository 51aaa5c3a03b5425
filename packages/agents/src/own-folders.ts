// The collector's own files are no work of the user's: watching them would make every record cause the next.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/** What a collector keeps in its data directory. */
const COLLECTOR_NAMES = ["evidence", "diagnostics", "segments", "state", "trust", "control", "plugins", "data"];

/** The folders an agent must never watch below `root` (a real path), as real paths. When the data directory is `root`
 *  itself or lies above it, only what the collector keeps there is left out. */
export function ownFolders(root: string, environment: Readonly<Record<string, string | undefined>>): string[] {
  const folders: string[] = [];
  const own = environment["MIMOLO_AGENT_DATA_DIR"];
  if (own !== undefined && own !== "") folders.push(real(own));
  const data = environment["MIMOLO_DATA_DIR"];
  if (data !== undefined && data !== "") {
    const dataRoot = real(data);
    const collector = dirname(dataRoot);
    folders.push(dataRoot, collector);
    if (contains(collector, root) && existsSync(join(collector, "evidence", "commits.jsonl"))) {
      folders.push(...COLLECTOR_NAMES.map((name) => join(collector, name)));
    }
  }
  return folders.filter((folder) => !contains(folder, root));
}

/** Whether `path` is `folder` or lies below it; both are real paths. */
export function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The path without symbolic links, as far as it exists. */
export function real(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync.native(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(real(parent), absolute.slice(parent.length).replace(/^[\\/]+/, ""));
  }
}
