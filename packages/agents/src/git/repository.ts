// Where a repository keeps what: found by reading files, without calling git.
import { lstatSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readSmallFile } from "./small-file.ts";

/** A repository with files in it. In a linked worktree or submodule `gitDir` lies elsewhere, and branches in `commonDir`. */
export interface Repository {
  /** The folder with the files, absolute. */
  readonly worktree: string;
  /** Where `HEAD` and `index` are. */
  readonly gitDir: string;
  /** Where `refs` and `config` are. */
  readonly commonDir: string;
}

/** The repository whose top is exactly `folder`; null if there is none. */
export function repositoryAt(folder: string): Repository | null {
  const gitDir = gitDirectory(join(folder, ".git"));
  if (gitDir === null || !isThere(join(gitDir, "HEAD"))) return null;
  const common = readSmallFile(join(gitDir, "commondir"))?.trim();
  return { worktree: folder, gitDir, commonDir: common === undefined ? gitDir : resolve(gitDir, common) };
}

/** The repository that `folder` lies in; null if in none. */
export function repositoryAround(folder: string): Repository | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const repository = repositoryAt(at);
    if (repository !== null || dirname(at) === at) return repository;
  }
}

function gitDirectory(dotGit: string): string | null {
  try {
    const seen = statSync(dotGit, { throwIfNoEntry: false });
    if (seen === undefined) return null;
    if (seen.isDirectory()) return dotGit;
    const target = /^gitdir: (.+?)\s*$/.exec(readSmallFile(dotGit) ?? "")?.[1];
    return target === undefined ? null : resolve(dirname(dotGit), target);
  } catch {
    return null;
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
