import { writeFile } from "node:fs/promises";
import { nodeFileSystem } from "@mimolo/ledger";

/** The real files, without ever waiting for the disk: what is written is left to the system. */
export const withoutSync: typeof nodeFileSystem = {
  ...nodeFileSystem,
  open: async (path, mode) => ({ ...(await nodeFileSystem.open(path, mode)), sync: () => Promise.resolve() }),
  replace: (path, bytes) => writeFile(path, bytes),
};
