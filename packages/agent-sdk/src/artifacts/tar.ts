// The plainest of archives, which every system can open: a header of 512 bytes before each file.

const BLOCK = 512;

/** A file in an archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The bytes of a file in an archive: header, content, and zeros to a whole block. `atMs` is when it was last changed. */
export function* tarEntry({ name, bytes }: TarEntry, atMs: number): Generator<Uint8Array> {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`a name of more than 100 bytes: ${name}`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write("0000600\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${octal(bytes.byteLength, 11)}\0`, 124);
  header.write(`${octal(Math.floor(atMs / 1000), 11)}\0`, 136);
  header.write("0", 156);
  header.write("ustar\u000000", 257);
  header.write(`${octal(sumOf(header), 6)}\0 `, 148);
  yield header;
  yield bytes;
  yield Buffer.alloc((BLOCK - (bytes.byteLength % BLOCK)) % BLOCK);
}

/** What stands behind the last file. */
export function tarEnd(): Uint8Array {
  return Buffer.alloc(2 * BLOCK);
}

/** The files of an archive, as `read` gives its bytes: `length` of them from `position` on, fewer at the end. Throws a `RangeError`
 *  for what is no archive, or is not whole. */
export async function* readTar(read: (position: number, length: number) => Promise<Buffer>): AsyncGenerator<TarEntry> {
  for (let position = 0; ; ) {
    const header = await read(position, BLOCK);
    if (header.length < BLOCK) throw new RangeError("it ends too early");
    if (header.every((byte) => byte === 0)) return;
    if (numberIn(header, 148, 8) !== sumOf(header)) throw new RangeError("a header is damaged");
    const length = numberIn(header, 124, 12);
    const bytes = await read(position + BLOCK, length);
    if (bytes.length < length) throw new RangeError("it ends too early");
    const [name = ""] = header.toString("utf8", 0, 100).split("\0");
    yield { name, bytes };
    position += BLOCK + Math.ceil(length / BLOCK) * BLOCK;
  }
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

function numberIn(header: Buffer, from: number, length: number): number {
  const value = Number.parseInt(header.toString("latin1", from, from + length), 8);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError("a header is damaged");
  return value;
}

/** Of the bytes of a header, its own place counted as blanks. */
function sumOf(header: Buffer): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}
