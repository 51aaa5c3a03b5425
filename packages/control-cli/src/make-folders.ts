// What mkdirSync's `recursive` is for, and where it never ends: in /proc, nothing can be made in a folder that is there.
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Makes a folder, and those above it that are missing, each with `mode`. Throws what the system says, `ENOENT` also of a
 *  folder that takes none. */
export function makeFolders(path: string, mode = 0o777): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (isFolder(path)) return;
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || above === path || isFolder(above)) throw error;
    makeFolders(above, mode);
    mkdirSync(path, { mode });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
