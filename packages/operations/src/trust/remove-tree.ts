import { chmodSync, lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Removes a folder and everything in it, read-only folders too; links are removed, never followed. A missing one is fine. */
export function removeTree(folder: string): void {
  open(folder);
  rmSync(folder, { recursive: true, force: true });
}

/** Only a folder that one may write to lets its files go. */
function open(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory()) return;
  chmodSync(path, 0o700);
  for (const name of readdirSync(path)) open(join(path, name));
}
