// Which files make an agent what it is: those that its command names, and the sources beside them.
import { realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, extname, parse, relative, resolve, sep } from "node:path";

export interface Watched {
  /** Named in the command: any change of them counts. */
  readonly files: readonly string[];
  /** Sources in and below them count. */
  readonly folders: readonly WatchedFolder[];
}

export interface WatchedFolder {
  readonly path: string;
  /** Folders below it; 0: none. */
  readonly depth: number;
}

const SOURCES = new Set(
  `.py .js .mjs .cjs .jsx .ts .mts .cts .tsx .go .rs .sh .bash .awk .rb .pl .php .lua .java .kt .scala .clj .c .h .cc .cpp .hpp .cs
   .fs .swift .zig .ex .exs .erl .hs .ml .nim .d .r .jl`.split(/\s+/),
);
const ASIDE = /^(?:\..*|node_modules|target|dist|build|vendor|venv|coverage|__pycache__)$/;
const DEPTH = 3;

export const isSource = (path: string): boolean => SOURCES.has(extname(path));

/** `more`: files that belong to it without being named. A command that names nothing here (`cargo run`) is made of the folder it
 *  runs in. */
export function watchedOf(command: readonly string[], cwd: string, more: readonly string[] = []): Watched {
  const files = new Set(more);
  const folders = new Map<string, number>();
  const paths = command.map((word) => resolve(cwd, word));
  const kinds = paths.map(kindOf);
  for (const [index, path] of paths.entries()) {
    const kind = kinds[index];
    // What only runs what is named after it, such as /usr/bin/python3.
    if (index === 0 && !isBelow(path, cwd) && kinds.some((other, place) => place > 0 && other !== null)) continue;
    if (kind === "folder") folders.set(path, depthOf(path, cwd));
    if (kind !== "file") continue;
    files.add(path).add(realpathSync(path));
    if (isSource(path)) folders.set(dirname(path), depthOf(dirname(path), cwd));
  }
  if (files.size === more.length && folders.size === 0) folders.set(cwd, depthOf(cwd, cwd));
  return { files: [...files], folders: [...folders].map(([path, depth]) => ({ path, depth })) };
}

/** What is watched, in words. */
export function watchedText(command: readonly string[], cwd: string, { files, folders }: Watched): string {
  const names = command.filter((word) => files.includes(resolve(cwd, word)));
  const beside = folders.map(({ path }) => `sources in ${relative(cwd, path) || "this folder"}`);
  return `saving ${[...names, ...beside].join(" or ")} restarts it`;
}

/** Whether a change there is a change of the agent. */
export function isOfAgent(path: string, { files, folders }: Watched): boolean {
  return files.includes(path) || (isSource(path) && folders.some((folder) => isIn(path, folder)));
}

/** Whether something at or below that path may be a source of the agent. */
export function isIn(path: string, { path: folder, depth }: WatchedFolder): boolean {
  const inside = relative(folder, path);
  if (inside === "") return true;
  if (!isBelow(path, folder)) return false;
  const names = inside.split(sep);
  return (
    names[0] !== ".." &&
    parse(inside).root === "" &&
    names.length <= depth + 1 &&
    !names.some((name) => ASIDE.test(name))
  );
}

/** What lies elsewhere may be anything, such as a home with years of work in it. */
function depthOf(folder: string, cwd: string): number {
  return isBelow(folder, cwd) && folder !== homedir() && dirname(folder) !== folder ? DEPTH : 0;
}

function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside.split(sep)[0] !== ".." && parse(inside).root === "";
}

function kindOf(path: string): "file" | "folder" | null {
  try {
    const found = statSync(path);
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : null;
  } catch {
    return null;
  }
}
