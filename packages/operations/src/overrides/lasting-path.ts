import { isAbsolute } from "node:path";

/** Whether a path means the same file wherever somebody is: absolute, or below the home folder. */
export function isLasting(path: string): boolean {
  return isAbsolute(path) || path === "~" || /^~[\\/]/.test(path);
}
