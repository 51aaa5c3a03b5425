// Which files outside a repository git reads to know its user and what that user ignores.
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";

/** The user's home as a child with `environment` sees it. */
export function homeIn(environment: Readonly<Record<string, string | undefined>>): string {
  return environment["HOME"] ?? environment["USERPROFILE"] ?? homedir();
}

/** Where git looks for the user's own files, such as `ignore` and `config`. */
export function gitFolderIn(environment: Readonly<Record<string, string | undefined>>): string {
  const configured = environment["XDG_CONFIG_HOME"];
  return join(configured === undefined || configured === "" ? join(homeIn(environment), ".config") : configured, "git");
}

/** The configuration of system and user, the files it includes or names, and the user's own patterns. Named one by one:
 *  passwords may lie beside them. */
export function gitConfigFiles(environment: Readonly<Record<string, string | undefined>>): string[] {
  const home = homeIn(environment);
  const folder = gitFolderIn(environment);
  const found = new Set([join(folder, "ignore"), join(folder, "attributes")]);
  const configured = environment["GIT_CONFIG_GLOBAL"];
  const globals =
    configured === undefined || configured === "" ? [join(folder, "config"), join(home, ".gitconfig")] : [configured];
  for (const file of ["/etc/gitconfig", ...globals]) addWithIncluded(found, file, home, 0);
  return [...found].filter(isSmallFile);
}

/** Git itself follows ten. */
const DEEPEST = 5;
const MOST = 100;
const LARGEST_BYTES = 1_048_576;
/** `path` is that of `[include]` and `[includeIf "…"]`; the condition is git's to judge. */
const NAMES_A_FILE =
  /^\s*(?:\[[^\]]*\]\s*)?(path|excludesfile|attributesfile)\s*=\s*(?:"([^"]*)"|([^#;]*?))\s*(?:[#;].*)?$/i;

function addWithIncluded(found: Set<string>, file: string, home: string, depth: number): void {
  if (found.has(file) || found.size >= MOST || depth > DEEPEST || !isSmallFile(file)) return;
  found.add(file);
  for (const line of readFileSync(file, "utf8").split(/\r?\n/)) {
    const [, key = "", quoted, bare = ""] = NAMES_A_FILE.exec(line) ?? [];
    const path = quoted ?? bare;
    if (path === "") continue;
    const named = path.startsWith("~/") ? join(home, path.slice(2)) : resolve(dirname(file), path);
    if (key.toLowerCase() === "path") addWithIncluded(found, named, home, depth + 1);
    else if (isAbsolute(named)) found.add(named);
  }
}

function isSmallFile(path: string): boolean {
  try {
    const seen = statSync(path, { throwIfNoEntry: false });
    return seen?.isFile() === true && seen.size <= LARGEST_BYTES;
  } catch {
    return false;
  }
}
