import { posix } from "node:path";
import type { Disk } from "../../src/sandbox/disk.ts";

/** A disk of these paths: a text is where a link leads, else it is a file or, ending in `/`, a folder; above each are folders. */
export function paperDisk(paths: readonly string[], links: Readonly<Record<string, string>> = {}): Disk {
  const folders = new Set<string>(["/"]);
  const files = new Set<string>();
  for (const path of [...paths, ...Object.values(links)]) {
    if (path.endsWith("/")) folders.add(path.slice(0, -1));
    else if (!folders.has(path)) files.add(path);
    for (let above = posix.dirname(path); above !== "/"; above = posix.dirname(above)) folders.add(above);
  }
  const realPath = (path: string): string | null => {
    for (const [link, target] of Object.entries(links)) {
      if (path === link || path.startsWith(`${link}/`))
        return realPath(target.replace(/\/$/, "") + path.slice(link.length));
    }
    return folders.has(path) || files.has(path) ? path : null;
  };
  return { realPath, isFolder: (path) => folders.has(realPath(path) ?? "") };
}
