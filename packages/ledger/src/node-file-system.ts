import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { systemCode } from "./ledger-error.ts";
import type { FileSystem, OpenFile } from "./ports.ts";

/** Else opening a pipe waits for whoever writes into it; Windows has no such flag. */
const AT_ONCE = process.platform === "win32" ? 0 : constants.O_NONBLOCK;
const FLAGS = {
  create: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
  write: constants.O_RDWR,
  read: constants.O_RDONLY | AT_ONCE,
};

/** The real disk, through `node:fs`. */
export const nodeFileSystem: FileSystem = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  async list(path) {
    try {
      return await readdir(path);
    } catch (error) {
      if (systemCode(error) === "ENOENT") return [];
      throw error;
    }
  },
  async open(path, mode) {
    const handle = await open(path, FLAGS[mode], 0o600);
    if (mode !== "read" || (await handle.stat()).isFile()) return openFile(handle);
    await handle.close();
    throw Object.assign(new Error(`EISDIR: no file, ${path}`), { code: "EISDIR" });
  },
  async replace(path, bytes) {
    const fresh = `${path}.new`;
    const handle = await open(fresh, "w", 0o600);
    try {
      await handle.writeFile(bytes);
      // Else a power cut may leave the new name with nothing in it.
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
  },
  async remove(path) {
    await rm(path, { force: true });
  },
  async syncFolder(path) {
    // Windows opens no folders and needs no such sync.
    if (process.platform === "win32") return;
    const handle = await open(path, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

function openFile(handle: FileHandle): OpenFile {
  return {
    async size() {
      return (await handle.stat()).size;
    },
    async read(into, position) {
      return (await handle.read(into, 0, into.byteLength, position)).bytesRead;
    },
    async write(chunks, position) {
      let rest = chunks;
      let at = position;
      while (rest.length > 0) {
        const { bytesWritten } = await handle.writev(rest, at);
        at += bytesWritten;
        rest = after(rest, bytesWritten);
      }
    },
    sync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

/** What is left of `chunks` once `written` bytes are on their way; a nearly full disk takes only a part. */
function after(chunks: readonly Uint8Array[], written: number): readonly Uint8Array[] {
  let skip = written;
  for (const [index, chunk] of chunks.entries()) {
    if (skip < chunk.byteLength) return [chunk.subarray(skip), ...chunks.slice(index + 1)];
    skip -= chunk.byteLength;
  }
  return [];
}
