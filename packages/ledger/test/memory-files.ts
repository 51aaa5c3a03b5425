import { dirname } from "node:path";
import type { FileSystem, OpenFile } from "../src/index.ts";

interface Inode {
  bytes: Buffer;
}

/** A disk in memory, so that a thousand ledgers are written and damaged in seconds. */
export class MemoryFiles implements FileSystem {
  readonly #files = new Map<string, Inode>();

  /** `files` by path, copied. */
  constructor(files: ReadonlyMap<string, Buffer> = new Map()) {
    for (const [path, bytes] of files) this.#files.set(path, { bytes: Buffer.from(bytes) });
  }

  /** All files by path, as they are now. */
  get files(): Map<string, Buffer> {
    return new Map([...this.#files].map(([path, { bytes }]) => [path, Buffer.from(bytes)]));
  }

  async makeFolder(): Promise<void> {}
  async syncFolder(): Promise<void> {}

  async list(path: string): Promise<string[]> {
    return [...this.#files.keys()].filter((name) => dirname(name) === path).map((name) => name.slice(path.length + 1));
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    this.#files.set(path, { bytes: Buffer.from(bytes) });
  }

  async remove(path: string): Promise<void> {
    this.#files.delete(path);
  }

  async open(path: string, mode: "create" | "write" | "read"): Promise<OpenFile> {
    const known = this.#files.get(path);
    if (mode === "create" && known !== undefined) throw failure("EEXIST", path);
    if (mode !== "create" && known === undefined) throw failure("ENOENT", path);
    const inode = known ?? { bytes: Buffer.alloc(0) };
    this.#files.set(path, inode);
    return {
      size: async () => inode.bytes.length,
      read: async (into, position) => inode.bytes.copy(into, 0, position, position + into.byteLength),
      write: async (chunks, position) => {
        const all = Buffer.concat(chunks);
        const grown = Buffer.alloc(Math.max(inode.bytes.length, position + all.length));
        inode.bytes.copy(grown);
        all.copy(grown, position);
        inode.bytes = grown;
      },
      sync: async () => {},
      truncate: async (length) => {
        inode.bytes = Buffer.from(inode.bytes.subarray(0, length));
      },
      close: async () => {},
    };
  }
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
