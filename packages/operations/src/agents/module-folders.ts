// Where Node looks for what a script imports, so that a sandbox can show it.
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isFolderOrAbove } from "./folders.ts";
import { realPath } from "./plan/hashed-file.ts";

/** A workspace has this many packages at the most that are linked to one another. */
const MOST_LINKED = 64;

/** `node_modules` beside a script and above it, the `package.json` that says what its files are, and what is linked into them
 *  from elsewhere, as workspaces do; never a folder that the home directory lies in. */
export function moduleFolders(folder: string, home: string): string[] {
  const found = new Set<string>();
  const linked = new Set<string>();
  const lookAbove = (from: string) => {
    for (let at = from; ; at = dirname(at)) {
      const modules = join(at, "node_modules");
      if (!found.has(modules) && existsSync(modules)) {
        found.add(modules);
        for (const target of linksOutOf(modules)) link(target);
      }
      const described = join(at, "package.json");
      if (existsSync(described)) found.add(described);
      if (at === dirname(at)) return;
    }
  };
  const link = (target: string) => {
    if (linked.has(target) || linked.size >= MOST_LINKED || isFolderOrAbove(target, home)) return;
    if (!existsSync(join(target, "package.json"))) return;
    linked.add(target);
    lookAbove(target);
  };
  lookAbove(folder);
  return [...found, ...linked];
}

/** Packages, `@scope/package` too, that lie elsewhere and are linked in. */
function linksOutOf(modules: string): string[] {
  const real = realPath(modules) ?? modules;
  return entriesOf(modules)
    .flatMap((entry) =>
      entry.name.startsWith("@")
        ? entriesOf(join(modules, entry.name)).map((inner) => ({ path: join(modules, entry.name, inner.name), inner }))
        : [{ path: join(modules, entry.name), inner: entry }],
    )
    .filter(({ inner }) => inner.isSymbolicLink())
    .map(({ path }) => realPath(path))
    .filter((target): target is string => target !== null && !isFolderOrAbove(real, target));
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
