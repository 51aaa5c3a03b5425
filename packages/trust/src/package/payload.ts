// Which files of an author's folder make a package.
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageFile } from "@mimolo/protocol";
import { refuseKind, walkFolder } from "./folder-source.ts";
import { MANIFEST_NAME, MAX_ENTRIES } from "./limits.ts";
import { NameSet, refuseName } from "./name-set.ts";
import { PackageError } from "./package-error.ts";
import { PLUGIN_FILE_NAME } from "./plugin-file.ts";
import { SizeTally } from "./size-tally.ts";
import { type ArchiveFile, byBytes } from "./write-archive.ts";

/** A file of the payload with its line in the manifest. */
export interface PayloadFile extends ArchiveFile {
  readonly entry: PackageFile;
}

/** Everything in the folder but names that begin with a dot (`.git`, `.env`), `node_modules` (bundle what you need),
 *  Python's caches, keys, signatures and packages, and the files a package is generated from and with. `binary` is
 *  executable whatever the file system says. Throws PackageError for links, bad names and whatever is over the caps. */
export function readPayload(directory: string, binary: string | null): readonly PayloadFile[] {
  const names = new NameSet();
  const sizes = new SizeTally();
  const files: PayloadFile[] = [];
  for (const { name, stats } of walkFolder(directory, (path) => !isLeftOut(path))) {
    if (stats.isDirectory()) continue;
    refuseKind(name, stats);
    refuseName(names.addFile(name));
    // Manifest and signature come on top.
    if (files.length + 2 >= MAX_ENTRIES) {
      throw new PackageError(
        "too-many-entries",
        `a package has at most ${MAX_ENTRIES} files, manifest and signature included`,
      );
    }
    sizes.add(name, stats.size);
    const bytes = readReal(join(directory, name));
    const exec = (stats.mode & 0o111) !== 0 || name === binary;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    files.push({ name, bytes, exec, entry: { path: name, size: bytes.byteLength, sha256, ...(exec && { exec }) } });
  }
  return files.toSorted((one, other) => byBytes(one.name, other.name));
}

function isLeftOut(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (path === MANIFEST_NAME || path === PLUGIN_FILE_NAME) return true;
  if (name.startsWith(".") || name === "node_modules" || name === "__pycache__") return true;
  return /\.(?:mmpkg|minisig|key|pyc)$/i.test(name);
}

function readReal(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    if (!fstatSync(file).isFile()) throw new PackageError("device", `${path} is neither a file nor a folder`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
