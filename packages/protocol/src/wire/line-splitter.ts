// Bytes → lines. Whole lines inside a chunk are handed over as views of it; only a cut line is copied, up to the cap.
import { REFUSED_HEAD_BYTES } from "./constants.ts";

const NEWLINE = 10;
const RETURN = 13;
const EMPTY = new Uint8Array(0);

/** Who takes the lines. Neither method may throw: what is left of the chunk would be lost. */
export interface LineSink {
  /** A line without `\n` or `\r\n`, a view that is valid during the call only. Empty lines are counted, not handed over. */
  line(bytes: Uint8Array, lineNumber: number): void;
  /** A line over the cap, told once it has ended: its first bytes (at most 512; a view) and its length. */
  tooLong(head: Uint8Array, lengthBytes: number, lineNumber: number): void;
  /** Asked first about every line that begins inside a chunk: who takes it there answers where it ends, its line end included,
   *  and gets no `line`; -1 leaves it. */
  take?(chunk: Uint8Array, from: number, lineNumber: number): number;
}

/** Cuts a byte stream into lines, however it is chunked; lines count from 1. Keeps at most `maxLineBytes` + 1 bytes of an
 *  unfinished line; a longer one is skipped to its newline and told as `tooLong`. */
export class LineSplitter {
  readonly #maxLineBytes: number;
  readonly #headBytes: number;
  readonly #sink: LineSink;
  #lineNumber = 1;
  #carry: Uint8Array = EMPTY;
  /** Bytes seen of the unfinished line; over the cap only its head is kept. */
  #seen = 0;
  #lastByte = 0;

  constructor(options: { maxLineBytes: number }, sink: LineSink) {
    this.#maxLineBytes = options.maxLineBytes;
    this.#headBytes = Math.min(REFUSED_HEAD_BYTES, options.maxLineBytes);
    this.#sink = sink;
  }

  /** Takes the next bytes of the stream; hands over every line they complete before it returns. */
  push(chunk: Uint8Array): void {
    let from = this.#seen > 0 ? this.#endCarried(chunk) : 0;
    while (from < chunk.length) {
      // Inside a line that goes on nothing begins.
      const taken = this.#seen > 0 ? -1 : (this.#sink.take?.(chunk, from, this.#lineNumber) ?? -1);
      if (taken !== -1) {
        this.#lineNumber += 1;
        from = taken;
        continue;
      }
      const at = chunk.indexOf(NEWLINE, from);
      if (at === -1) break;
      this.#emit(chunk, from, at);
      from = at + 1;
    }
    if (from < chunk.length) this.#keep(chunk, from, chunk.length);
  }

  /** The stream has ended: an unterminated rest is handed over as a line. */
  end(): void {
    if (this.#seen > 0) this.#finishCarried();
    this.#carry = EMPTY;
  }

  /** Where the line that began in earlier chunks has ended; 0 while it goes on. */
  #endCarried(chunk: Uint8Array): number {
    const at = chunk.indexOf(NEWLINE);
    if (at === -1) return 0;
    this.#keep(chunk, 0, at);
    this.#finishCarried();
    return at + 1;
  }

  #emit(bytes: Uint8Array, from: number, newline: number): void {
    const to = newline > from && bytes[newline - 1] === RETURN ? newline - 1 : newline;
    const lineNumber = this.#lineNumber;
    this.#lineNumber = lineNumber + 1;
    if (to === from) return;
    if (to - from <= this.#maxLineBytes) this.#sink.line(bytes.subarray(from, to), lineNumber);
    else this.#sink.tooLong(bytes.subarray(from, from + this.#headBytes), to - from, lineNumber);
  }

  #finishCarried(): void {
    const seen = this.#seen;
    this.#seen = 0;
    if (seen <= this.#maxLineBytes + 1) {
      this.#emit(this.#carry, 0, seen);
    } else {
      const lengthBytes = this.#lastByte === RETURN ? seen - 1 : seen;
      const lineNumber = this.#lineNumber;
      this.#lineNumber = lineNumber + 1;
      this.#sink.tooLong(this.#carry.subarray(0, this.#headBytes), lengthBytes, lineNumber);
    }
    // A rare long line must not pin its memory for the life of the agent.
    if (this.#carry.length > 16_384) this.#carry = EMPTY;
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    if (to === from) return;
    this.#lastByte = chunk[to - 1] ?? 0;
    const room = this.#maxLineBytes + 1 - this.#seen;
    if (room > 0) {
      const taken = Math.min(room, to - from);
      this.#reserve(this.#seen + taken);
      this.#carry.set(chunk.subarray(from, from + taken), this.#seen);
    }
    this.#seen += to - from;
  }

  #reserve(bytes: number): void {
    if (this.#carry.length >= bytes) return;
    const larger = new Uint8Array(Math.min(this.#maxLineBytes + 1, Math.max(1024, bytes, this.#carry.length * 2)));
    larger.set(this.#carry);
    this.#carry = larger;
  }
}
