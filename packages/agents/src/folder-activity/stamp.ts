// What a file looked like when it was last seen, and whether two looks show the same file.
import { lstatSync } from "node:fs";

/** One look at a file or folder. Times are milliseconds since the Unix epoch, with fractions down to the microsecond;
 *  `inode` is 0 where the file system has none. */
export interface Stamp {
  readonly inode: number;
  readonly bornMs: number;
  readonly mtimeMs: number;
  readonly size: number;
}

/** Something with a name in a folder. Symbolic links count as files and are never followed. */
export interface Entry {
  readonly kind: "file" | "folder";
  readonly stamp: Stamp;
}

/** Looks at a path; null when there is nothing, nothing readable, or neither a file, a link nor a folder. */
export function entryAt(path: string): Entry | null {
  try {
    const seen = lstatSync(path, { throwIfNoEntry: false });
    if (seen === undefined) return null;
    const kind = seen.isDirectory() ? "folder" : seen.isFile() || seen.isSymbolicLink() ? "file" : null;
    if (kind === null) return null;
    return { kind, stamp: { inode: seen.ino, bornMs: seen.birthtimeMs, mtimeMs: seen.mtimeMs, size: seen.size } };
  } catch {
    return null;
  }
}

/** Whether nothing was written between two looks at one path. Reading and `chmod` leave both alike. */
export function sameContent(one: Stamp, other: Stamp): boolean {
  return one.mtimeMs === other.mtimeMs && one.size === other.size;
}

/** Whether two looks at two paths show one file that moved. A freed inode is soon given to a new file, so the time of
 *  birth has to agree; where there is no inode, birth, size and modification time have to. */
export function sameFile(one: Stamp, other: Stamp): boolean {
  if (one.inode !== other.inode) return false;
  const sameBirth = one.bornMs === other.bornMs;
  return one.inode === 0 ? sameBirth && sameContent(one, other) : sameBirth || sameContent(one, other);
}

/** As `sameFile`, for folders, whose modification time changes with every entry. */
export function sameFolder(one: Stamp, other: Stamp): boolean {
  return one.inode === other.inode && one.bornMs === other.bornMs && (one.inode !== 0 || one.bornMs !== 0);
}

/** A key that two looks at one moved file share; different files may share it too, so ask `sameFile` after. */
export function identityKey(stamp: Stamp): string {
  return stamp.inode === 0 ? `${stamp.mtimeMs}:${stamp.size}` : `${stamp.inode}`;
}
