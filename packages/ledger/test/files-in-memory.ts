import { dirname } from "node:path";
import { type FileSystem, type Verification, verifyLedger } from "../src/index.ts";
import { verifySignature } from "./temporary-ledger.ts";

/** Files by path, to be read only: thousands of damaged copies of a ledger cost nothing. */
function readOnly(files: ReadonlyMap<string, Buffer>): FileSystem {
  const refuse = () => Promise.reject(new Error("these files can only be read"));
  return {
    makeFolder: refuse,
    replace: refuse,
    remove: refuse,
    syncFolder: refuse,
    list: async (path) =>
      [...files.keys()].filter((name) => dirname(name) === path).map((name) => name.slice(path.length + 1)),
    async open(path) {
      const bytes = files.get(path);
      if (bytes === undefined) throw Object.assign(new Error(`${path} is not there`), { code: "ENOENT" });
      return {
        size: async () => bytes.length,
        read: async (into, position) => bytes.copy(into, 0, position, position + into.byteLength),
        write: refuse,
        sync: refuse,
        truncate: refuse,
        close: async () => {},
      };
    },
  };
}

/** Verifies a ledger given as files `evidence/…` and `state/head.json`. */
export function verifyFiles(files: ReadonlyMap<string, Buffer>): Promise<Verification> {
  return verifyLedger({
    directory: "evidence",
    headFile: "state/head.json",
    name: "evidence",
    verifySignature,
    fileSystem: readOnly(files),
  });
}
