// What a process writes to stdout: its bytes, cut into lines, each taken or refused.
import {
  type Decoded,
  decodeLine,
  framerMaxLineBytes,
  LineSplitter,
  PlainHeartbeats,
  PlainSummaries,
  type RefusalCode,
} from "@mimolo/protocol/wire";

const HEAD_BYTES = 512;
const RETURN = 13;

/** A line that was taken. `bytes` is the line as it came, valid during the call only. */
export interface TakenLine {
  readonly decoded: Extract<Decoded, { readonly ok: true }>;
  readonly bytes: Uint8Array;
  readonly lineNumber: number;
  /** When its last bytes were read: wall clock for stamps, monotonic for silence. */
  readonly receivedAtMs: number;
  readonly ticksMs: number;
}

/** A line that was not: a code, a sentence, and at most its first 512 bytes (valid during the call only). */
export interface RefusedLine {
  readonly code: RefusalCode;
  readonly message: string;
  readonly field?: string;
  readonly lineNumber: number;
  readonly lengthBytes: number;
  readonly head: Uint8Array;
  /** Of evidence: its number in a durable stream and the stream it names, where they could be read. */
  readonly seq?: number;
  readonly stream?: string;
}

/** What comes of it, in order. */
export interface StdoutEvents {
  bytes(count: number): void;
  /** All lines that chunk of bytes completed were handed over. */
  chunkRead(): void;
  taken(line: TakenLine): void;
  /** Whether plain heartbeats may be gathered: of those that come in one chunk only the newest is `taken`, after the other
   *  lines, and those before it are only counted. */
  gathersBeats(): boolean;
  beats(count: number, ticksMs: number): void;
  /** Whether of a plain summary it is enough to read what `PlainSummaries` does. */
  readsSparsely(): boolean;
  refused(line: RefusedLine): void;
}

/** Reads one process's stdout. */
export class StdoutReader {
  readonly #maxLineBytes: number;
  readonly #events: StdoutEvents;
  readonly #splitter: LineSplitter;
  readonly #plainBeats = new PlainHeartbeats();
  readonly #plainSummaries = new PlainSummaries();
  /** How many heartbeats were gathered of this chunk, and where the newest is. */
  #beats = 0;
  #beatFrom = 0;
  #beatTo = 0;
  #beatLine = 0;
  #wallMs = 0;
  #ticksMs = 0;

  constructor(maxLineBytes: number, events: StdoutEvents) {
    this.#maxLineBytes = maxLineBytes;
    this.#events = events;
    this.#splitter = new LineSplitter(
      { maxLineBytes: framerMaxLineBytes(maxLineBytes) },
      {
        take: (chunk, from, lineNumber) => this.#gather(chunk, from, lineNumber),
        line: (bytes, lineNumber) => this.#read(bytes, lineNumber),
        tooLong: (head, lengthBytes, lineNumber) => {
          const message = `a line of ${lengthBytes} bytes is longer than any message may be`;
          events.refused({ code: "line-too-long", message, lineNumber, lengthBytes, head });
        },
      },
    );
  }

  /** The next bytes, read at that moment; the chunk is of no use to it afterwards. */
  hear(chunk: Uint8Array, wallMs: number, ticksMs: number): void {
    this.#wallMs = wallMs;
    this.#ticksMs = ticksMs;
    this.#events.bytes(chunk.length);
    this.#splitter.push(chunk);
    this.#plainBeats.forget();
    if (this.#beats > 0) this.#readBeats(chunk);
    this.#events.chunkRead();
  }

  /** Nothing more will come: an unfinished line counts as one. */
  end(): void {
    this.#splitter.end();
  }

  #gather(chunk: Uint8Array, from: number, lineNumber: number): number {
    if (!this.#events.gathersBeats()) return -1;
    const to = this.#plainBeats.endOf(chunk, from);
    if (to === -1 || to - from > this.#maxLineBytes) return -1;
    this.#beats += 1;
    this.#beatFrom = from;
    this.#beatTo = to;
    this.#beatLine = lineNumber;
    return to;
  }

  #readBeats(chunk: Uint8Array): void {
    const earlier = this.#beats - 1;
    this.#beats = 0;
    if (earlier > 0) this.#events.beats(earlier, this.#ticksMs);
    const end = chunk[this.#beatTo - 2] === RETURN ? 2 : 1;
    this.#read(chunk.subarray(this.#beatFrom, this.#beatTo - end), this.#beatLine);
  }

  #read(bytes: Uint8Array, lineNumber: number): void {
    const decoded = this.#decode(bytes);
    if (decoded.ok) {
      this.#events.taken({
        decoded,
        bytes,
        lineNumber,
        receivedAtMs: this.#wallMs,
        ticksMs: this.#ticksMs,
      });
      return;
    }
    const { ok: _, type: __, ...refusal } = decoded;
    const head = bytes.subarray(0, HEAD_BYTES);
    this.#events.refused({ ...refusal, lineNumber, lengthBytes: bytes.length, head });
  }

  #decode(bytes: Uint8Array): Decoded {
    if (bytes.length <= this.#maxLineBytes && this.#events.readsSparsely()) {
      const message = this.#plainSummaries.read(bytes);
      if (message !== null) return { ok: true, known: true, message };
    }
    return decodeLine(bytes, { maxLineBytes: this.#maxLineBytes });
  }
}
