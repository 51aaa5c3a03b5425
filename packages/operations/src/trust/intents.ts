// What is about to change in the store, marked in it: whoever opens the store after a death knows what was not finished.
import { closeSync, existsSync, openSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DataDirectory } from "../data-directory.ts";
import { syncFolder } from "../sync-folder.ts";
import { removeTree } from "./remove-tree.ts";
import { stagingPlace } from "./staging-place.ts";

const SUFFIX = ".intent";

/** In the folder of a plugin: all of it is about to go. */
export const LEAVING = `remove${SUFFIX}`;

/** Says that a folder of the store is about to be there, and stands only once it is allowed. On the disk on return. */
export function markIncoming(folder: string): void {
  mark(`${folder}${SUFFIX}`);
}

/** The folders that these names in the folder of a plugin mark, by name. */
export function incomingAmong(names: readonly string[]): string[] {
  return names.filter((name) => name.endsWith(SUFFIX) && name !== LEAVING).map((name) => name.slice(0, -SUFFIX.length));
}

/** Forgets the mark of a folder, and the plugin's folder with it when nothing is left there. */
export function unmark(folder: string): void {
  rmSync(`${folder}${SUFFIX}`, { force: true });
  dropEmpty(dirname(folder));
}

/** Says that a plugin is about to go, with all its versions. A disk that takes no mark keeps nobody from taking it out. */
export function markLeaving(folder: string): void {
  try {
    mark(join(folder, LEAVING));
  } catch {
    // Then a death before the end leaves what nobody allows and nobody clears; it never runs.
  }
}

export function unmarkLeaving(folder: string): void {
  rmSync(join(folder, LEAVING), { force: true });
}

/** Takes a folder out of the store in one step; what it holds is deleted after that. A missing one is fine. */
export function dropFolder(directory: DataDirectory, folder: string): void {
  if (!existsSync(folder)) return;
  let gone = folder;
  try {
    const place = stagingPlace(directory);
    renameSync(folder, place);
    gone = place;
  } catch {
    // A disk without room for a name, or Windows with a file of it open: bit by bit, then.
  }
  removeTree(gone);
}

/** A folder with something in it stays. */
export function dropEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, not there, or no folder.
  }
}

function mark(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  syncFolder(dirname(file));
}
