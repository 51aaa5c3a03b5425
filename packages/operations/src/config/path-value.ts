/** Values that are paths: what they mean, and whether they leave a folder. */
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { describedAt } from "./describe.ts";
import { type ConfigLayer, type KeyPath, isTable } from "./layer.ts";
import { isOwnSetting, isSecretReference } from "./secret-reference.ts";

/** The absolute path a value means: `~` is the home folder, relative ones start in the folder of the file that says it. */
export function absolutePath(value: string, folder: string): string {
  if (value === "~" || /^~[\\/]/.test(value)) return resolve(homedir(), `.${sep}${value.slice(2)}`);
  return resolve(folder, value);
}

/** Whether a value leads out of `folder`, links followed. `~other` and `$HOME/…` count as leading out, since whoever expands
 *  them will not stay; so does what is too long to be looked at. */
export function leadsOutOf(folder: string, value: string): boolean {
  if (value.length > 4_096 || /^~[^\\/]/.test(value) || /^(\$\{?[A-Z_]+\}?([\\/]|$)|%[A-Z_]+%)/i.test(value))
    return true;
  return !isInside(realPath(folder), realPath(absolutePath(value, folder)));
}

/** The layer with the paths of MiMoLo's own keys, and of secrets, made absolute. All else that is the plugin's stays as it is. */
export function withAbsolutePaths(layer: ConfigLayer): ConfigLayer {
  const change = (value: unknown, path: KeyPath): unknown => {
    if (isOwnSetting(path)) return withAbsoluteSecrets(value, layer.folder);
    if (isTable(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner, [...path, name])]));
    }
    if (!describedAt(path)?.path) return value;
    if (Array.isArray(value)) return value.map((entry) => absolutePath(String(entry), layer.folder));
    return absolutePath(String(value), layer.folder);
  };
  return {
    ...layer,
    tree: Object.fromEntries(Object.entries(layer.tree).map(([name, value]) => [name, change(value, [name])])),
  };
}

/** A setting in which the files that hold secrets are named by their absolute paths. */
export function withAbsoluteSecrets(value: unknown, folder: string): unknown {
  if (isSecretReference(value)) return "file" in value ? { file: absolutePath(value.file, folder) } : value;
  if (Array.isArray(value)) return value.map((entry) => withAbsoluteSecrets(entry, folder));
  if (!isTable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withAbsoluteSecrets(inner, folder)]));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The path with links followed as far as it exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : resolve(realPath(parent), basename(path));
  }
}
