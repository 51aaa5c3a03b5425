import { KeptPart } from "./kept-part.ts";
import { readAt } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";

const READ_BYTES = 256 * 1024;

/** Reads blocks of day files in order, one file open at a time, 256 KiB at once where blocks follow each other. */
export class PartReader {
  readonly #part: KeptPart;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(fileSystem: FileSystem, directory: string) {
    this.#part = new KeptPart(fileSystem, directory);
  }

  /** The bytes of a block; fewer when the file is shorter, null when there is no file. `until` says up
   *  to where it pays to read ahead. The caller may keep them.
   *  Throws `damaged` for a packed file that does not unpack. */
  async read(name: string, offset: number, length: number, until: () => number): Promise<Buffer | null> {
    if (!this.#part.has(name)) this.#window = Buffer.alloc(0);
    const file = await this.#part.open(name);
    if (file === null) return null;
    const start = offset - this.#windowStart;
    if (start < 0 || start + length > this.#window.length) {
      this.#window = await readAt(file, offset, Math.max(length, Math.min(READ_BYTES, until() - offset)));
      this.#windowStart = offset;
    }
    const from = offset - this.#windowStart;
    return this.#window.subarray(from, from + length);
  }

  close(): Promise<void> {
    return this.#part.close();
  }
}
