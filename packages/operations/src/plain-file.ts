import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** A pipe put in the place of a file does not hold us up. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The bytes of a regular file; `null` for one that is larger or is no file at all. Throws what the system says of one that
 *  cannot be opened. */
export function readPlainFile(path: string, mostBytes: number): Buffer | null {
  const descriptor = openSync(path, READ_ONLY);
  try {
    const stats = fstatSync(descriptor);
    return stats.isFile() && stats.size <= mostBytes ? readFileSync(descriptor) : null;
  } finally {
    closeSync(descriptor);
  }
}
