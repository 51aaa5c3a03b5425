import { relative, sep } from "node:path";

/** Where a value was set, as short as it can be said here: below `cwd` without the way there. */
export function placeText(cwd: string, from: string, line?: number): string {
  const shown = from.startsWith(`${cwd}${sep}`) ? relative(cwd, from) : from;
  return line === undefined ? shown : `${shown}:${line}`;
}
