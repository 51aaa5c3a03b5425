// Files below the agent's own folder, each whole or not there.

/** What is not whole yet is called so, and goes after the next start. */
const PARTIAL = ".partial";

/** The files of one folder; paths are relative to it, with `/`. Everything rejects with what the file system says. */
export class OwnFiles {
  readonly #root: string;
  /** Tells what this run has begun from what an earlier one left: in a sandbox both may have the same process id. */
  readonly #run = process.getBuiltinModule("node:crypto").randomBytes(6).toString("hex");
  #made = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** What the file holds; `null` where there is none. */
  async read(path: string): Promise<Buffer | null> {
    try {
      return await node().readFile(this.absolute(path));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** The names in a folder; none where there is no folder. */
  async names(folder: string): Promise<string[]> {
    try {
      return await node().readdir(this.absolute(folder));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** Bytes of a file; `null` where there is none. */
  async size(path: string): Promise<number | null> {
    try {
      return (await node().stat(this.absolute(path))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** Writes a file that is there, on the disk, once this resolves; in place of one of that name. */
  async write(path: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<number> {
    const { mkdir, open, rename, rm } = node();
    const target = this.absolute(path);
    const folder = target.slice(0, target.lastIndexOf("/"));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.#made += 1;
    const partial = `${target}.${this.#run}-${this.#made}${PARTIAL}`;
    let bytes = 0;
    try {
      const file = await open(partial, "wx", 0o600);
      try {
        for await (const part of parts) {
          await file.writeFile(part);
          bytes += part.byteLength;
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    await syncFolder(folder);
    return bytes;
  }

  /** Adds to a file's end, creating it. */
  async append(path: string, text: string): Promise<void> {
    const target = this.absolute(path);
    await node().mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true, mode: 0o700 });
    await node().appendFile(target, text, { mode: 0o600, flush: true });
  }

  /** Reads a file piece by piece, as `reader` asks for them. */
  async *reading<Item>(
    path: string,
    reader: (read: (position: number, length: number) => Promise<Buffer>) => AsyncIterable<Item>,
  ): AsyncGenerator<Item> {
    const file = await node().open(this.absolute(path), "r");
    try {
      const { size } = await file.stat();
      yield* reader(async (position, length) => {
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
        return bytes.subarray(0, bytesRead);
      });
    } finally {
      await file.close();
    }
  }

  async remove(path: string): Promise<void> {
    await node().rm(this.absolute(path), { force: true });
  }

  /** Removes what an earlier run began to write in a folder, and in those below it. */
  async sweep(folder: string): Promise<void> {
    for (const name of await this.names(folder)) {
      const path = `${folder}/${name}`;
      const isLeft = name.endsWith(PARTIAL) && !name.includes(`.${this.#run}-`);
      if (isLeft) await this.remove(path);
      else if (!name.includes(".")) await this.sweep(path);
    }
  }

  absolute(path: string): string {
    return `${this.#root}/${path}`;
  }
}

/** Most agents keep no files: their start does not load what does. */
function node(): typeof import("node:fs/promises") {
  return process.getBuiltinModule("node:fs/promises");
}

/** A new name is on the disk once its folder is; not every system has folders that can be synced. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await node().open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
