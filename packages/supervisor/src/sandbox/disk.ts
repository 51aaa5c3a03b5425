import { realpathSync, statSync } from "node:fs";

/** The little that a plan for a sandbox asks of the disk. */
export interface Disk {
  /** Where a path really leads; null when there is nothing. */
  realPath(path: string): string | null;
  isFolder(path: string): boolean;
}

/** The disk of this machine. */
export const thisDisk: Disk = {
  realPath(path) {
    try {
      return realpathSync.native(path);
    } catch {
      return null;
    }
  },
  isFolder: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
};
