// Where the parts of a repository lie that are not in its own folder.
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Repository } from "../git/repository.ts";
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

function borrowedObjects(objects: string, depth: number): string[] {
  if (depth >= DEEPEST) return [];
  const lines = read(join(objects, "info", "alternates"))?.split("\n") ?? [];
  return lines
    .filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith('"'))
    .map((line) => resolve(objects, line))
    .filter((folder) => isFolder(join(folder, "info")) && isFolder(join(folder, "pack")))
    .flatMap((folder) => [folder, ...borrowedObjects(folder, depth + 1)]);
}

function holdsRepository(folder: string): boolean {
  return isFolder(join(folder, "objects")) && isFolder(join(folder, "refs")) && read(join(folder, "HEAD")) !== null;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
