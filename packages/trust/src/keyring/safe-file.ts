import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { shellWord } from "../shell-word.ts";
import { TrustError } from "../trust-error.ts";

const MAX_BYTES = 8 * 1024 * 1024;
const WRITABLE_BY_OTHERS = 0o022;
/** No link is followed, and a pipe does not wait for its writer. Windows has neither flag. */
const FLAGS =
  process.platform === "win32" ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The bytes of a file that nobody but its owner (we, or root) could have written; null when there is none. Throws
 *  `trust-file-unsafe` otherwise, `trust-file-unreadable` when it is too large to be what it should. */
export function readSafely(path: string): Buffer | null {
  checkFolder(dirname(path));
  const descriptor = openOrNull(path);
  if (descriptor === null) return null;
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw unsafe(path, "is no regular file", "Move it away.");
    checkOwner(path, stats, `chmod 600 ${shellWord(path)}`);
    if (stats.size > MAX_BYTES) throw new TrustError("trust-file-unreadable", `${path} is larger than 8 MiB.`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Throws `trust-file-unsafe` for a folder in which others could put another file of the same name. A missing one is fine. */
export function checkFolder(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return;
  checkOwner(folder, stats, `chmod 700 ${shellWord(folder)}`);
}

function openOrNull(path: string): number | null {
  const link = () => unsafe(path, "is a link", "Put the file itself there.");
  try {
    if (lstatSync(path).isSymbolicLink()) throw link();
    return openSync(path, FLAGS);
  } catch (error) {
    if (error instanceof TrustError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code === "ELOOP") throw link();
    const message = `${path} cannot be read: ${(error as Error).message}.`;
    throw new TrustError("trust-file-unreadable", message, { cause: error });
  }
}

function checkOwner(path: string, stats: Stats, command: string): void {
  const us = process.getuid?.();
  if (us === undefined) return;
  if (stats.uid !== us && stats.uid !== 0)
    throw unsafe(path, "belongs to somebody else", "See what it says, then chown it.");
  if ((stats.mode & WRITABLE_BY_OTHERS) !== 0)
    throw unsafe(path, "can be written by others", `See whether it says what you want, then: ${command}`);
}

function unsafe(path: string, what: string, help: string): TrustError {
  return new TrustError("trust-file-unsafe", `${path} ${what}, so nothing in it is trusted. ${help}`);
}
