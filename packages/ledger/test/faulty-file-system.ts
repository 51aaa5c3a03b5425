import { basename } from "node:path";
import { type FileSystem, nodeFileSystem, type OpenFile } from "../src/index.ts";

export type Operation = "open" | "write" | "sync" | "truncate" | "replace";

/** The real disk, until a test says otherwise; keeps account of descriptors that were synced after a failed sync. */
export class FaultyFileSystem implements FileSystem {
  /** Answers the system's code to fail with, or null. A failing write leaves its first bytes behind. */
  fault: (operation: Operation, name: string) => string | null = () => null;
  syncedAgain = 0;
  readonly #real: FileSystem;

  constructor(real: FileSystem = nodeFileSystem) {
    this.#real = real;
  }

  makeFolder(path: string) {
    return this.#real.makeFolder(path);
  }
  list(path: string) {
    return this.#real.list(path);
  }
  remove(path: string) {
    return this.#real.remove(path);
  }
  syncFolder(path: string) {
    return this.#real.syncFolder(path);
  }
  async replace(path: string, bytes: Uint8Array) {
    this.#check("replace", path);
    await this.#real.replace(path, bytes);
  }

  async open(path: string, mode: "create" | "write" | "read"): Promise<OpenFile> {
    if (mode !== "read") this.#check("open", path);
    const file = await this.#real.open(path, mode);
    let syncFailed = false;
    return {
      ...file,
      write: async (chunks, position) => {
        const code = this.fault("write", basename(path));
        if (code === null) return await file.write(chunks, position);
        const all = Buffer.concat(chunks);
        await file.write([all.subarray(0, all.length / 2)], position);
        throw errorOf(code, "write", path);
      },
      sync: async () => {
        if (syncFailed) this.syncedAgain += 1;
        const code = this.fault("sync", basename(path));
        syncFailed ||= code !== null;
        if (code !== null) throw errorOf(code, "sync", path);
        await file.sync();
      },
      truncate: async (length) => {
        this.#check("truncate", path);
        await file.truncate(length);
      },
    };
  }

  #check(operation: Operation, path: string): void {
    const code = this.fault(operation, basename(path));
    if (code !== null) throw errorOf(code, operation, path);
  }
}

function errorOf(code: string, operation: Operation, path: string): Error {
  return Object.assign(new Error(`${code}: ${operation} '${path}'`), { code });
}
