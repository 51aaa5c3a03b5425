// What the built-in agents read with given settings: the folders that the settings name, and what belongs to those.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RootsFor } from "@mimolo/protocol";
import { readFolderActivitySettings } from "../folder-activity/settings.ts";
import { findRepositories } from "../git-activity/find-repositories.ts";
import { readGitActivitySettings } from "../git-activity/settings.ts";
import { type Repository, repositoryAround } from "../git/repository.ts";
import { contains } from "../own-folders.ts";
import { gitConfigFiles, gitFolderIn, homeIn } from "./git-config-files.ts";
import { repositoryRoots, withoutInner } from "./repository-roots.ts";

/** The watched folders, and the files with the rules of what git ignores there. */
export const folderActivityRoots: RootsFor = (settings, { cwd, environment }) => {
  const folders = readFolderActivitySettings(settings, cwd).settings.watchDirs;
  const home = homeIn(environment);
  return withoutInner([
    ...folders.map(nearestThere),
    ...folders.flatMap((folder) => rulesAround(folder, home)),
    ...findRepositories(folders).map(({ commonDir }) => join(commonDir, "info")),
    join(gitFolderIn(environment), "ignore"),
    ...KERNEL_LIMITS,
  ]).filter((path) => existsSync(path));
};

/** The watched folders, the repositories they lie in or hold, and the configuration of git. */
export const gitActivityRoots: RootsFor = (settings, { cwd, environment }) => {
  const folders = readGitActivitySettings(settings, cwd).settings.watchDirs;
  return withoutInner([
    ...folders.map(nearestThere),
    ...findRepositories(folders).flatMap(repositoryRoots),
    ...gitConfigFiles(environment),
  ]).filter((path) => existsSync(path));
};

/** Two files of the kernel. */
export const systemLoadRoots: RootsFor = () => ["/proc/stat", "/proc/meminfo"].filter((path) => existsSync(path));

const KERNEL_LIMITS = ["/proc/sys/fs/inotify/max_user_watches", "/proc/sys/fs/inotify/max_queued_events"];

/** A folder that is missing may come: it is seen from the nearest one above it that is there. */
function nearestThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestThere(dirname(folder));
}

/** The repository around a folder, whose rules hold inside too; of one that spans the home directory only the rules. */
function rulesAround(folder: string, home: string): string[] {
  const repository = repositoryAround(folder);
  if (repository === null) return [];
  const { worktree, gitDir, commonDir } = repository;
  if (!contains(worktree, home)) return [worktree, join(gitDir, "commondir"), join(commonDir, "info")];
  return [...rulesBetween(repository, folder), join(commonDir, "info"), join(gitDir, "HEAD")];
}

function rulesBetween({ worktree }: Repository, folder: string): string[] {
  const files: string[] = [];
  for (let at = folder; contains(worktree, at); at = dirname(at)) {
    files.push(join(at, ".gitignore"));
    if (dirname(at) === at) break;
  }
  return files;
}
