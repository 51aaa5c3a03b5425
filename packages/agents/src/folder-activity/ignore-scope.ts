// Which rules hold where: nested .gitignore files, the repository's exclude file, the user's own.
import { lstatSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { wayDown } from "./paths.ts";
import { Rules } from "./rules.ts";

/** The rules of one folder, on top of those of its parents. */
export interface IgnoreScope {
  readonly parent: IgnoreScope | null;
  readonly base: string;
  readonly rules: Rules;
}

/** A rules file outside the watched tree, and how it looked when it was read. */
export interface OuterRulesFile {
  readonly path: string;
  readonly seen: string;
}

const LARGEST_RULES_FILE_BYTES = 262_144;

/** Whether git would ignore this path, given that no folder above it is ignored. The deepest rule that speaks decides. */
export function isIgnored(scope: IgnoreScope | null, path: string, isFolder: boolean): boolean {
  for (let level = scope; level !== null; level = level.parent) {
    const ruling = level.rules.of(wayDown(level.base, path), isFolder);
    if (ruling !== null) return ruling === "ignored";
  }
  return false;
}

/** The scope inside `folder`. A folder that holds `.git` starts anew: the outer repository has no say in it. */
export function scopeInside(
  folder: string,
  names: { readonly hasGit: boolean; readonly hasGitignore: boolean },
  outer: IgnoreScope | null,
): IgnoreScope | null {
  const parent = names.hasGit ? repositoryScope(folder) : outer;
  if (!names.hasGitignore) return parent;
  const text = readRules(join(folder, ".gitignore"));
  return text === null ? parent : { parent, base: folder, rules: new Rules(text) };
}

/** The scope around a watched folder, from the repository it lies in; also the files it was read from, to be looked at
 *  again. Rules that would hide the watched folder itself are left out: somebody asked for it by name. */
export function scopeAround(root: string): { scope: IgnoreScope | null; files: OuterRulesFile[] } {
  const above: string[] = [];
  let top: string | null = null;
  for (let at = root; ; at = dirname(at)) {
    if (exists(join(at, ".git"))) top = at;
    if (at !== root) above.unshift(at);
    if (top !== null || dirname(at) === at) break;
  }
  const paths = [userExcludes()];
  let scope: IgnoreScope | null = null;
  if (top === null) scope = userScope(root);
  else {
    paths.push(excludeFile(top));
    if (top !== root) {
      scope = repositoryScope(top);
      for (const folder of above.filter((each) => each === top || each.startsWith(withEnd(top)))) {
        paths.push(join(folder, ".gitignore"));
        const next = scopeInside(folder, { hasGit: false, hasGitignore: true }, scope);
        if (next !== null && !hides(next, folder, top, root)) scope = next;
      }
    }
  }
  return { scope, files: paths.map((path) => ({ path, seen: lookAt(path) })) };
}

/** Whether one of these files has been written, made or removed since it was read. */
export function haveChanged(files: readonly OuterRulesFile[]): boolean {
  return files.some((file) => lookAt(file.path) !== file.seen);
}

function repositoryScope(top: string): IgnoreScope | null {
  const parent = userScope(top);
  const text = readRules(excludeFile(top));
  return text === null ? parent : { parent, base: top, rules: new Rules(text) };
}

function userScope(base: string): IgnoreScope | null {
  const text = readRules(userExcludes());
  return text === null ? null : { parent: null, base, rules: new Rules(text) };
}

/** Where git looks for a user's own patterns when `core.excludesFile` is not set. */
function userExcludes(): string {
  const configured = process.env["XDG_CONFIG_HOME"];
  return join(configured === undefined || configured === "" ? join(homedir(), ".config") : configured, "git", "ignore");
}

/** `.git` is a file in worktrees and submodules; the exclude file is the main repository's. */
function excludeFile(top: string): string {
  const dotGit = join(top, ".git");
  const link = /^gitdir: (.+?)\s*$/.exec(readRules(dotGit) ?? "")?.[1];
  if (link === undefined) return join(dotGit, "info", "exclude");
  const gitDirectory = resolve(top, link);
  const common = readRules(join(gitDirectory, "commondir"))?.trim();
  return join(common === undefined ? gitDirectory : resolve(gitDirectory, common), "info", "exclude");
}

function hides(scope: IgnoreScope, folder: string, top: string, root: string): boolean {
  const own: IgnoreScope = { ...scope, parent: null };
  const base = folder === top ? top : folder;
  const names = wayDown(base, root).split("/");
  return names.some((_, index) => isIgnored(own, join(base, ...names.slice(0, index + 1)), true));
}

function readRules(path: string): string | null {
  try {
    const seen = statSync(path, { throwIfNoEntry: false });
    if (seen === undefined || !seen.isFile() || seen.size > LARGEST_RULES_FILE_BYTES) return null;
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function lookAt(path: string): string {
  try {
    const seen = statSync(path, { throwIfNoEntry: false, bigint: true });
    return seen === undefined ? "" : `${seen.mtimeNs}:${seen.size}:${seen.ino}`;
  } catch {
    return "";
  }
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function withEnd(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
