// A folder that appears whole or not at all, and takes the place of nothing.
import { randomBytes } from "node:crypto";
import { readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolders } from "../make-folders.ts";
import type { Rendered } from "./render.ts";

const EXECUTABLE = /\.sh$/;

/** Whether something lies there that a new folder would replace; an empty folder does not count. */
export function isTaken(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

/** Writes `files` beside `folder` and moves them there. Throws `ENOTEMPTY` or the like when something has come to lie there. */
export function writeFolder(folder: string, files: Rendered): void {
  makeFolders(dirname(folder));
  const fresh = `${folder}.${randomBytes(4).toString("hex")}.new`;
  try {
    for (const [name, text] of files) {
      const path = join(fresh, name);
      makeFolders(dirname(path));
      writeFileSync(path, text, { flag: "wx", mode: EXECUTABLE.test(name) ? 0o777 : 0o666 });
    }
    // Windows moves onto nothing that is there.
    if (process.platform === "win32") emptyGone(folder);
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}

function emptyGone(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
