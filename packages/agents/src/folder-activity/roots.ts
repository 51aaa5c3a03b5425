// The folders a person asked to have watched: they may be missing, go, come back, or be replaced.
import { Folder } from "./folder.ts";
import { haveChanged, type OuterRulesFile, scopeAround } from "./ignore-scope.ts";
import { contains, ownFolders, real } from "../own-folders.ts";
import { entryAt, sameFolder } from "./stamp.ts";
import { Visibility } from "./visibility.ts";

/** One watched folder; `folder` is null while there is none at `path`. */
export interface Root {
  readonly path: string;
  readonly visibility: Visibility;
  folder: Folder | null;
  outerRules: readonly OuterRulesFile[];
}

/** Roots for the folders named, without symbolic links and doubles. None holds another root or the collector's data. */
export function rootsFor(
  watchDirs: readonly string[],
  options: {
    readonly extensions: readonly string[];
    readonly patterns: readonly string[];
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
): Root[] {
  const paths = [...new Set(watchDirs.map(real))];
  return paths.map((path) => ({
    path,
    folder: null,
    outerRules: [],
    visibility: new Visibility({
      forbidden: [...ownFolders(path, options.environment), ...paths.filter((other) => isInside(other, path))],
      extensions: options.extensions,
      patterns: options.patterns,
    }),
  }));
}

/** Puts a tree on a root when there is a folder now; returns it when it still has to be read. A tree that is gone or was
 *  replaced is handed to `left`. */
export function refreshRoot(root: Root, left: (folder: Folder) => void): Folder | null {
  const entry = entryAt(root.path);
  const stamp = entry?.kind === "folder" ? entry.stamp : null;
  if (root.folder !== null && (stamp === null || (stamp.inode !== 0 && !sameFolder(root.folder.stamp, stamp)))) {
    left(root.folder);
    root.folder = null;
  }
  if (root.folder !== null || stamp === null) return null;
  root.folder = new Folder(null, root.path, stamp);
  readOuterRules(root);
  return root.folder;
}

/** Whether nothing about the root itself, or the rules above it, is news. Costs a few looks. */
export function isAsKnown(root: Root): boolean {
  const entry = entryAt(root.path);
  if (root.folder === null) return entry?.kind !== "folder";
  if (entry?.kind !== "folder") return false;
  return (entry.stamp.inode === 0 || sameFolder(root.folder.stamp, entry.stamp)) && !haveChanged(root.outerRules);
}

/** Whether rules above a root have been written since they were read; if so they are read again. */
export function outerRulesChanged(root: Root): boolean {
  if (root.folder === null || !haveChanged(root.outerRules)) return false;
  readOuterRules(root);
  return true;
}

function readOuterRules(root: Root): void {
  const { scope, files } = scopeAround(root.path);
  root.outerRules = files;
  if (root.folder !== null) root.folder.outerScope = scope;
}

function isInside(path: string, folder: string): boolean {
  return path !== folder && contains(folder, path);
}
