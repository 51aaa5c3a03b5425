// Where the parts of a repository lie that are not in its own folder.
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Repository } from "../git/repository.ts";
import { readSmallFile } from "../git/small-file.ts";
import { contains } from "../own-folders.ts";

/** The folders git reads for `repository`: its files, and for a linked worktree, a submodule or a clone that borrows
 *  objects also what lies elsewhere. A link to anything that is no repository is not followed. */
export function repositoryRoots(repository: Repository): string[] {
  const { worktree, gitDir, commonDir } = repository;
  const roots = [worktree];
  if (holdsRepository(commonDir)) {
    roots.push(commonDir, ...borrowedObjects(join(commonDir, "objects"), 0));
    // A worktree's own part lies below the common one; one that does not is nothing git has made.
    if (contains(commonDir, gitDir)) roots.push(gitDir);
  }
  return withoutInner(roots);
}

/** Paths without those that lie below another. */
export function withoutInner(paths: readonly string[]): string[] {
  const all = [...new Set(paths)];
  return all.filter((path) => !all.some((other) => other !== path && contains(other, path)));
}

/** Git itself follows five. */
const DEEPEST = 5;
/** Each is looked at once, however often and by whichever way it is named. */
const MOST = 100;

function borrowedObjects(objects: string, depth: number, found = new Set<string>()): string[] {
  if (depth >= DEEPEST) return [...found];
  const lines = readSmallFile(join(objects, "info", "alternates"))?.split("\n") ?? [];
  for (const line of lines) {
    if (line === "" || line.startsWith("#") || line.startsWith('"')) continue;
    if (found.size >= MOST) break;
    const folder = resolve(objects, line);
    if (found.has(folder) || !isFolder(join(folder, "info")) || !isFolder(join(folder, "pack"))) continue;
    found.add(folder);
    borrowedObjects(folder, depth + 1, found);
  }
  return [...found];
}

function holdsRepository(folder: string): boolean {
  return (
    isFolder(join(folder, "objects")) && isFolder(join(folder, "refs")) && readSmallFile(join(folder, "HEAD")) !== null
  );
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
