import type { SequenceCheck, StreamMark } from "@mimolo/evidence";

/** Half of what an agent may have on its way uncommitted (protocol.md, durable evidence): there it is worth a commit. */
const HALF_WINDOW_RECORDS = 512;
const HALF_WINDOW_BYTES = 131_072;
/** So many refused numbers are named; as `through` covers them, one more that is not named is settled all the same. */
const MOST_REFUSED = 1_024;

/** A number that was refused, and why. */
export interface RefusedNumber {
  readonly seq: number;
  readonly code: string;
}

/** What `committed` says of a stream. */
export interface StreamNews {
  readonly through: number;
  readonly refused: readonly RefusedNumber[];
}

/** A record that is in the ledger and not yet on the disk: its place there, and the lowest number it settles. */
interface Uncommitted {
  readonly recordSeq: number;
  readonly seq: number;
  readonly bytes: number;
}

/** One durable stream: told what came of each number and how far the ledger is, it says what to do and what the agent may
 *  forget. Knows neither agent nor ledger. */
export class DurableStream {
  readonly #mark: StreamMark;
  #uncommitted: Uncommitted[] = [];
  #bytes = 0;
  /** Numbers that came after higher ones: while there are such, the lowest is not the first. */
  #late = 0;
  #through: number;
  #toldThrough: number;
  #refused: RefusedNumber[] = [];
  #asked = false;

  /** Everything `mark` settles must be on the disk. */
  constructor(mark: StreamMark) {
    this.#mark = mark;
    this.#through = mark.through;
    this.#toldThrough = mark.through;
  }

  /** What number `seq` means: to be kept, settled before, or a jump to be noted as missing first. */
  check(seq: number): SequenceCheck {
    return this.#mark.check(seq);
  }

  /** When it was last heard of, epoch milliseconds; 0: never. */
  get heardMs(): number {
    return this.#mark.heardMs;
  }

  /** The numbers `from` to `to` are missing, which is record `recordSeq`. */
  missed(from: number, to: number, recordSeq: number): void {
    this.#mark.miss(from, to);
    this.#uncommitted.push({ recordSeq, seq: from, bytes: 0 });
  }

  /** Number `seq`, so many bytes of line, is record `recordSeq`. True when this is worth a commit at once. */
  kept(seq: number, recordSeq: number, bytes: number, atMs: number): boolean {
    if (seq <= this.#mark.through) this.#late += 1;
    this.#mark.note(seq, atMs);
    this.#uncommitted.push({ recordSeq, seq, bytes });
    this.#bytes += bytes;
    if (this.#asked) return false;
    this.#asked = this.#uncommitted.length >= HALF_WINDOW_RECORDS || this.#bytes >= HALF_WINDOW_BYTES;
    return this.#asked;
  }

  /** Number `seq` is never to be kept. */
  refused(seq: number, code: string, atMs: number): void {
    this.#mark.note(seq, atMs);
    if (this.#refused.length < MOST_REFUSED) this.#refused.push({ seq, code });
    this.#through = Math.max(this.#through, this.#durable());
  }

  /** The ledger is on the disk up to record `recordSeq`. */
  committed(recordSeq: number): void {
    const count = this.#uncommitted.findIndex((each) => each.recordSeq > recordSeq);
    const settled = this.#uncommitted.splice(0, count === -1 ? this.#uncommitted.length : count);
    if (settled.length === 0) return;
    this.#asked = false;
    for (const { bytes } of settled) this.#bytes -= bytes;
    if (this.#uncommitted.length === 0) this.#late = 0;
    this.#through = Math.max(this.#through, this.#durable());
  }

  /** True when nothing of it waits for the disk. */
  get isSettled(): boolean {
    return this.#uncommitted.length === 0;
  }

  /** True when the agent may forget more than it was told. */
  get hasNews(): boolean {
    return this.#through > this.#toldThrough || this.#refused.some(({ seq }) => seq <= this.#through);
  }

  /** What the agent may forget by now. Each refused number is in it once. */
  news(): StreamNews {
    this.#toldThrough = this.#through;
    const refused = this.#refused.filter(({ seq }) => seq <= this.#through);
    this.#refused = this.#refused.filter(({ seq }) => seq > this.#through);
    return { through: this.#through, refused };
  }

  /** Every number up to here is settled for good. */
  #durable(): number {
    const [first] = this.#uncommitted;
    if (first === undefined) return this.#mark.through;
    if (this.#late === 0) return first.seq - 1;
    return this.#uncommitted.reduce((lowest, { seq }) => Math.min(lowest, seq), first.seq) - 1;
  }
}
