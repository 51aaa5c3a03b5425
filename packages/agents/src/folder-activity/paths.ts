// Joining and cutting paths that are known to be clean: `node:path` would parse each of them anew.
import { sep } from "node:path";

/** The path of `name` in `folder`. */
export function pathBelow(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}

/** The way from `folder` down to `path`, which lies below it, with `/` between names. */
export function wayDown(folder: string, path: string): string {
  const way = path.slice(folder.endsWith(sep) ? folder.length : folder.length + 1);
  return sep === "/" ? way : way.replaceAll(sep, "/");
}
