// An unpacked package: real files in real folders, nothing behind links.
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, type Stats } from "node:fs";
import { join } from "node:path";
import { shown } from "./entry-name.ts";
import { MAX_ENTRIES } from "./limits.ts";
import { NameSet, refuseName } from "./name-set.ts";
import { PackageError } from "./package-error.ts";
import type { PackageSource, SourceFile } from "./package-source.ts";
import { SizeTally } from "./size-tally.ts";

const CHUNK_BYTES = 65_536;
/** A link put in place of a file after it was listed is not followed either; a FIFO does not hold the reader up. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Lists a folder as a package. Throws PackageError for links, devices, bad names and whatever is over the caps. */
export function openFolder(root: string): PackageSource {
  const names = new NameSet();
  const sizes = new SizeTally();
  const files = new Map<string, SourceFile>();
  const folders = new Set<string>();
  for (const { name, stats } of walkFolder(root)) {
    if (files.size + folders.size >= MAX_ENTRIES) {
      throw new PackageError("too-many-entries", `a package has at most ${MAX_ENTRIES} files and folders`);
    }
    refuseName(stats.isDirectory() ? names.addFolder(name) : names.addFile(name));
    if (stats.isDirectory()) folders.add(name);
    else {
      refuseKind(name, stats);
      sizes.add(name, stats.size);
      files.set(name, { size: stats.size, read: () => readFile(join(root, name), name, stats.size) });
    }
  }
  return { files, folders, close() {} };
}

/** Every file and folder below `root`, by its name with `/`; each folder before what is in it, and what `enters` says no to
 *  not at all. */
export function* walkFolder(
  root: string,
  enters: (name: string) => boolean = () => true,
  folder = "",
): Generator<{ readonly name: string; readonly stats: Stats }> {
  let words: Buffer[];
  try {
    words = readdirSync(join(root, folder), { encoding: "buffer" });
  } catch (cause) {
    throw new PackageError("unreadable", `${shown(folder === "" ? root : folder)} cannot be read`, { cause });
  }
  for (const word of words.toSorted(Buffer.compare)) {
    const text = word.toString();
    const name = folder === "" ? text : `${folder}/${text}`;
    if (!Buffer.from(text).equals(word)) {
      throw new PackageError("name-not-utf8", `the name ${shown(name)} is not UTF-8`);
    }
    if (!enters(name)) continue;
    const stats = lstatSync(join(root, name));
    yield { name, stats };
    if (stats.isDirectory()) yield* walkFolder(root, enters, name);
  }
}

/** Throws for what is no plain file. */
export function refuseKind(name: string, stats: Stats): void {
  if (stats.isSymbolicLink())
    throw new PackageError("link", `${shown(name)} is a link; a package holds plain files only`);
  if (!stats.isFile()) throw new PackageError("device", `${shown(name)} is neither a file nor a folder`);
}

/** The bytes of a plain file of exactly `size`; each chunk is good until the next one. */
async function* readFile(path: string, name: string, size: number): AsyncGenerator<Uint8Array> {
  const changed = (cause?: unknown) =>
    new PackageError("damaged-data", `${shown(name)} changed while it was read`, { cause });
  let file: number;
  try {
    file = openSync(path, READ_ONLY);
  } catch (error) {
    throw changed(error);
  }
  try {
    if (!fstatSync(file).isFile()) throw changed();
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size + 1));
    let total = 0;
    for (;;) {
      const length = readSync(file, buffer, 0, buffer.length, null);
      total += length;
      if (length === 0 || total > size) break;
      yield buffer.subarray(0, length);
    }
    if (total !== size) throw changed();
  } finally {
    closeSync(file);
  }
}
