import { isAscii, isUtf8 } from "node:buffer";
import type { Block } from "./commit-index.ts";
import { KeptPart } from "./kept-part.ts";
import { cut, seqOf } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";

const NEWLINE = 10;
const USUAL_BYTES = 256 * 1024;
/** As `seqOf` sees it. */
const RECORD = /^\{"seq":\d{1,15},/;

/** A committed line without its `\n`: its text, or its bytes where they are no UTF-8. */
export type LineText = string | Uint8Array;

/** Commits that follow each other in one day file. */
export interface Run extends Block {
  /** Where each of them ends, from the beginning of the run. */
  readonly ends: readonly number[];
}

/** Reads lines as text, a run at a time, always into the same memory. */
export class RunReader {
  readonly #part: KeptPart;
  #memory = Buffer.allocUnsafeSlow(USUAL_BYTES);

  constructor(fileSystem: FileSystem, directory: string) {
    this.#part = new KeptPart(fileSystem, directory);
  }

  /** The lines of a run; none when there is no file, fewer when it is shorter. Throws `damaged` for a packed file that does not
   *  unpack. */
  async read({ file: name, offset, length, ends }: Run): Promise<readonly LineText[]> {
    const file = await this.#part.open(name);
    if (file === null) return [];
    if (length > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const got = await file.read(this.#memory.subarray(filled, length), offset + filled);
      if (got === 0) break;
      filled += got;
    }
    return linesOf(this.#memory.subarray(0, filled), length, ends);
  }

  close(): Promise<void> {
    return this.#part.close();
  }
}

function linesOf(bytes: Buffer, length: number, ends: readonly number[]): readonly LineText[] {
  const isWhole = bytes.length === length && ends.every((end) => bytes[end - 1] === NEWLINE);
  if (isWhole && isUtf8(bytes)) {
    // Of the two the first is the faster one.
    return bytes
      .toString(isAscii(bytes) ? "latin1" : "utf8")
      .split("\n")
      .filter((line) => RECORD.test(line));
  }
  // What is not whole, or no text, is lost commit by commit and line by line.
  return ends.flatMap((end, index) => {
    const commit = bytes.subarray(ends[index - 1] ?? 0, end);
    const lines = cut(commit, 0).lines.filter((line) => seqOf(line.bytes) !== null);
    return lines.map((line) => (isUtf8(line.bytes) ? line.bytes.toString() : Buffer.from(line.bytes)));
  });
}
