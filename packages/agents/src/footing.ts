// In a sandbox an agent sees the folder that was mounted when it started, even when another took its place outside.
import { statSync } from "node:fs";

/** Notices when a watched folder was removed outside of the sandbox: from then on nothing is seen at its path. Without a
 *  sandbox a path never leads to a removed folder, and this never speaks. */
export class Footing {
  readonly #folders: readonly string[];

  /** `folders` are absolute paths; those that are missing now are not looked at. */
  constructor(folders: readonly string[]) {
    // A file system that counts no names has 0 from the beginning.
    this.#folders = folders.filter((folder) => (namesOf(folder) ?? 0) > 0);
  }

  /** The first of the folders that has no name any more; null while all have. */
  lost(): string | null {
    return this.#folders.find((folder) => namesOf(folder) === 0) ?? null;
  }
}

/** How many names a folder has; 0 once it is removed. */
function namesOf(folder: string): number | null {
  try {
    return statSync(folder, { throwIfNoEntry: false })?.nlink ?? null;
  } catch {
    return null;
  }
}

/** Ends this process as a stop signal would: what was seen is told first, and the collector starts the agent anew. */
export function startAnew(): void {
  process.kill(process.pid, "SIGTERM");
}
