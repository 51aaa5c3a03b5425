// Copies of a folder that somebody writes a plugin in.
import { createHash } from "node:crypto";
import {
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { readPlainFile } from "../../plain-file.ts";

/** A plugin is no larger than a package may be. */
const MOST_FILES = 2_000;
const MOST_BYTES = 64 * 1_048_576;
/** Looked at one after the other while everything else waits: what is no plugin's must not take seconds. */
const MOST_FOLDERS = 500;
const MOST_NAMES = 10_000;

/** The files of a folder, as they were read. */
export interface FolderFiles {
  /** Relative, with what they held; sorted. */
  readonly files: readonly string[];
  /** Installed modules: linked to, never copied. */
  readonly modules: readonly string[];
  /** SHA-256 over names and bytes, hex. */
  readonly fingerprint: string;
}

/** Whether a change of this path says nothing about the plugin: installed modules, what hides, what editors and interpreters leave. */
export function isAside(name: string): boolean {
  return name === "node_modules" || name === "__pycache__" || name.startsWith(".") || /~$|\.(pyc|log|tmp)$/.test(name);
}

/** Everything that belongs to the plugin, links to files followed. `null` when it is larger than a plugin may be, or cannot be
 *  read. */
export function readFolder(folder: string): FolderFiles | null {
  const files: string[] = [];
  const modules: string[] = [];
  const hash = createHash("sha256");
  let bytes = 0;
  let folders = 0;
  let names = 0;
  const walk = (inside: string): boolean => {
    const entries = sorted(join(folder, inside));
    folders += 1;
    names += entries.length;
    if (folders > MOST_FOLDERS || names > MOST_NAMES) return false;
    for (const entry of entries) {
      const path = inside === "" ? entry.name : join(inside, entry.name);
      if (entry.name === "node_modules") modules.push(path);
      if (isAside(entry.name)) continue;
      if (entry.isDirectory()) {
        if (!walk(path)) return false;
        continue;
      }
      const stats = statSync(join(folder, path), { throwIfNoEntry: false });
      if (stats?.isFile() !== true) continue;
      bytes += stats.size;
      if (files.length === MOST_FILES || bytes > MOST_BYTES) return false;
      files.push(path);
      // By now it may be a pipe.
      const read = readPlainFile(join(folder, path), MOST_BYTES);
      if (read === null) return false;
      const content = createHash("sha256").update(read).digest("hex");
      hash.update(`${path}\0${content}\0`);
    }
    return true;
  };
  try {
    return walk("") ? { files, modules, fingerprint: hash.digest("hex") } : null;
  } catch {
    return null;
  }
}

/** Copies what was read to `to`, which must not exist. Modules that the plugin imports are found from there too. Throws what the
 *  disk says. */
export function copyFolder(folder: string, { files, modules }: FolderFiles, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const path of files) {
    mkdirSync(dirname(join(to, path)), { recursive: true, mode: 0o700 });
    const read = readPlainFile(join(folder, path), MOST_BYTES);
    if (read === null) throw new Error(`${path} is no file any more`);
    writeFileSync(join(to, path), read, { flag: "wx", mode: statSync(join(folder, path)).mode & 0o777 });
  }
  for (const path of modules) link(join(folder, path), join(to, path));
  const above = modules.includes("node_modules") ? null : modulesAbove(folder);
  if (above !== null) link(above, join(to, "node_modules"));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  symlinkSync(realpathSync(target), path, "junction");
}

/** Modules that Node would find further up. */
function modulesAbove(folder: string): string | null {
  const above = dirname(folder);
  if (above === folder) return null;
  const modules = join(above, "node_modules");
  return existsSync(modules) ? modules : modulesAbove(above);
}

function sorted(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).toSorted((one, other) => (one.name < other.name ? -1 : 1));
}
