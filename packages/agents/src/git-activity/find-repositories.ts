// Which repositories belong to a folder.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Repository, repositoryAround, repositoryAt } from "../git/repository.ts";

const DEEPEST = 2;
const MOST = 50;
const MOST_FOLDERS = 2_000;

/** The repository each folder lies in; for a folder in none, those up to two levels below it. Never more than 50. */
export function findRepositories(folders: readonly string[]): Repository[] {
  const found = new Map<string, Repository>();
  for (const folder of folders) {
    const around = repositoryAround(folder);
    for (const repository of around === null ? repositoriesBelow(folder) : [around]) {
      if (found.size < MOST) found.set(repository.worktree, repository);
    }
  }
  return [...found.values()];
}

function repositoriesBelow(top: string): Repository[] {
  const found: Repository[] = [];
  let level = [top];
  let visited = 0;
  for (let depth = 1; depth <= DEEPEST; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      for (const name of foldersIn(folder)) {
        if (found.length >= MOST || visited >= MOST_FOLDERS) return found;
        visited += 1;
        const repository = repositoryAt(join(folder, name));
        if (repository === null) next.push(join(folder, name));
        else found.push(repository);
      }
    }
    level = next;
  }
  return found;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
