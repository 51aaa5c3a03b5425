import { readAt } from "./line-chunks.ts";
import { openPart } from "./part-file.ts";
import type { FileSystem, OpenFile } from "./ports.ts";

const READ_BYTES = 256 * 1024;

/** Reads blocks of day files in order, one file open at a time, 256 KiB at once where blocks follow each other. */
export class PartReader {
  readonly #fileSystem: FileSystem;
  readonly #directory: string;
  #name = "";
  #file: OpenFile | null = null;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(fileSystem: FileSystem, directory: string) {
    this.#fileSystem = fileSystem;
    this.#directory = directory;
  }

  /** The bytes of a block; fewer when the file is shorter, null when there is no file. `until` says up
   *  to where it pays to read ahead. The caller may keep them.
   *  Throws `damaged` for a packed file that does not unpack. */
  async read(name: string, offset: number, length: number, until: () => number): Promise<Buffer | null> {
    const file = await this.#open(name);
    if (file === null) return null;
    const start = offset - this.#windowStart;
    if (start < 0 || start + length > this.#window.length) {
      this.#window = await readAt(file, offset, Math.max(length, Math.min(READ_BYTES, until() - offset)));
      this.#windowStart = offset;
    }
    const from = offset - this.#windowStart;
    return this.#window.subarray(from, from + length);
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    this.#name = "";
    await file?.close();
  }

  async #open(name: string): Promise<OpenFile | null> {
    if (name === this.#name && this.#file !== null) return this.#file;
    await this.close();
    this.#name = name;
    this.#window = Buffer.alloc(0);
    this.#file = await openPart(this.#fileSystem, this.#directory, name);
    return this.#file;
  }
}
