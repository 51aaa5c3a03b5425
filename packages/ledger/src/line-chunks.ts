import type { OpenFile } from "./ports.ts";

const CHUNK_BYTES = 256 * 1024;
/** Far more than any record: bytes without a line end that go on for longer are looked at no further. */
const MOST_LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 10;
const COMMA = 44;
const ZERO = 48;
const SEQ = Buffer.from('{"seq":');
const MOST_DIGITS = 15;

/** One line of a file, without its `\n`. */
export interface FileLine {
  readonly bytes: Buffer;
  readonly offset: number;
}

export interface LineChunk {
  readonly lines: readonly FileLine[];
  /** Bytes behind the last `\n`; only in the last chunk, and only when there are any. */
  readonly rest: FileLine | null;
}

/** Reads the lines of [from, to) in chunks; the bytes are the caller's to keep. Stops where the file ends. */
export async function* lineChunks(file: OpenFile, from: number, to: number): AsyncGenerator<LineChunk> {
  let carried: Buffer = Buffer.alloc(0);
  let position = from;
  for (;;) {
    const chunk = await readAt(file, position, Math.min(CHUNK_BYTES, to - position));
    const start = position - carried.length;
    position += chunk.length;
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const { lines, end } = cut(bytes, start);
    carried = bytes.subarray(end);
    if (chunk.length > 0 && carried.length <= MOST_LINE_BYTES) {
      if (lines.length > 0) yield { lines, rest: null };
      continue;
    }
    if (lines.length > 0) yield { lines, rest: null };
    if (carried.length > 0) yield { lines: [], rest: { bytes: carried, offset: position - carried.length } };
    return;
  }
}

/** Reads up to `length` bytes at `position`; fewer only at the end of the file. */
export async function readAt(file: OpenFile, position: number, length: number): Promise<Buffer> {
  // What asks for more than a chunk may be a forged length: there is no more to read than the file has.
  const most = length > CHUNK_BYTES ? Math.min(length, (await file.size()) - position) : length;
  const into = Buffer.allocUnsafeSlow(Math.max(0, most));
  let filled = 0;
  while (filled < into.length) {
    const got = await file.read(into.subarray(filled), position + filled);
    if (got === 0) break;
    filled += got;
  }
  return into.subarray(0, filled);
}

/** Cuts whole lines out of `bytes`, which stand at `start` in the file; `end` is behind the last. */
export function cut(bytes: Buffer, start: number): { lines: FileLine[]; end: number } {
  const lines: FileLine[] = [];
  let end = 0;
  for (let next = bytes.indexOf(NEWLINE, end); next !== -1; next = bytes.indexOf(NEWLINE, end)) {
    lines.push({ bytes: bytes.subarray(end, next), offset: start + end });
    end = next + 1;
  }
  return { lines, end };
}

/** The `seq` a record line begins with, or null when it does not begin like one. */
export function seqOf(line: Buffer): number | null {
  for (let at = 0; at < SEQ.length; at++) if (line[at] !== SEQ[at]) return null;
  let seq = 0;
  let at = SEQ.length;
  for (; at < SEQ.length + MOST_DIGITS; at++) {
    const digit = (line[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    seq = seq * 10 + digit;
  }
  return at > SEQ.length && line[at] === COMMA ? seq : null;
}

/** Whether bytes without a line end are what a torn write leaves of an object that begins with `start`; a line that is
 *  whole but for a changed line end is not. */
export function isTornLine(bytes: Buffer, start: string): boolean {
  const head = bytes.toString("latin1", 0, start.length);
  return start.startsWith(head) && !bytes.includes("}");
}
