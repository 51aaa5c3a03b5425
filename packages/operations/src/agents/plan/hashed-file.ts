import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, realpathSync } from "node:fs";

/** A file as it is now. */
export interface HashedFile {
  /** In hex. */
  readonly sha256: string;
  /** The very bytes that were hashed, of files small enough to be handed on. */
  readonly bytes: Uint8Array | null;
}

/** Beyond this a program is run from the disk: only native ones are that large. */
export const LARGEST_HANDED_BYTES = 8_388_608;
/** A pipe put in the place of a program does not hold us up. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** No program is larger; a file made so would hold up everything that runs. */
const LARGEST_BYTES = 1_073_741_824;
const CHUNK_BYTES = 1_048_576;

/** Hashes a regular file; `null` when there is none to read, or one of more than 1 GiB. */
export function hashedFile(path: string): HashedFile | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, READ_ONLY);
  } catch {
    return null;
  }
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile() || found.size > LARGEST_BYTES) return null;
    if (found.size > LARGEST_HANDED_BYTES) return { sha256: hashOf(descriptor), bytes: null };
    const bytes = readFileSync(descriptor);
    return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes };
  } catch {
    return null;
  } finally {
    closeSync(descriptor);
  }
}

/** Where a path leads to, links followed and letters as the disk has them; `null` when nowhere. */
export function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

function hashOf(descriptor: number): string {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
    hash.update(chunk.subarray(0, read));
  }
  return hash.digest("hex");
}
