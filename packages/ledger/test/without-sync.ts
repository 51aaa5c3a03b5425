import { rename, writeFile } from "node:fs/promises";
import { type FileSystem, nodeFileSystem } from "../src/index.ts";

/** The real disk without the waiting, for tests that open hundreds of ledgers and pull no plug. */
export const withoutSync: FileSystem = {
  ...nodeFileSystem,
  syncFolder: async () => {},
  async replace(path, bytes) {
    await writeFile(`${path}.new`, bytes, { mode: 0o600 });
    await rename(`${path}.new`, path);
  },
  async open(path, mode) {
    const file = await nodeFileSystem.open(path, mode);
    return { ...file, sync: async () => {} };
  },
};
