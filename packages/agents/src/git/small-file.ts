import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** A pipe in a repository that somebody else made does not hold us up. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** None of the files that git keeps about a repository comes near this. */
const MOST_BYTES = 1_048_576;

/** The text of a small regular file; `null` where there is none. */
export function readSmallFile(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, READ_ONLY);
  } catch {
    return null;
  }
  try {
    const stats = fstatSync(file);
    return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(file, "utf8") : null;
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}
