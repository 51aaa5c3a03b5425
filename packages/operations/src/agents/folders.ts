import { sep } from "node:path";

/** Whether `folder` is `inner` or lies above it; both absolute. */
export function isFolderOrAbove(folder: string, inner: string): boolean {
  return inner === folder || inner.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
