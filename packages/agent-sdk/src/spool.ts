// The spool: numbered lines on disk from before they are sent until they are settled. A folder of parts, each named for its
// stream and the number that comes first in it; numbers rise from part to part. The newest part outlives its lines, empty, as
// the memory of the next number. One process at a time works in it: the collector starts no agent beside its own last run.
import { asError } from "./as-error.ts";
import { newStream } from "./delivery.ts";
import { linesIn, type SpooledLine } from "./spooled-line.ts";
import type { SpoolStore } from "./spool-store.ts";

/** A part is full then, and the next one begins; so what is settled can leave the disk. */
const PART_BYTES = 262_144;
const MOST_BYTES = 67_108_864;
const PART_NAME = /^([0-9a-z]+)\.(\d{1,15})\.jsonl$/;

interface Part {
  readonly name: string;
  readonly first: number;
  bytes: number;
  /** How far it was read, or need not be. */
  read: number;
}

/** A queue of lines that a restart continues: appended at its end, taken from its front, deleted when they are settled. */
export class Spool {
  readonly #store: SpoolStore;
  #stream: string;
  #last = 0;
  #settled = 0;
  #parts: Part[] = [];
  /** The front of the queue, in memory; what follows it is on disk only, and what follows that could not be written. */
  #front: SpooledLine[] = [];
  #frontBytes = 0;
  #unwritten: SpooledLine[] = [];
  /** The part this run appends to: one of an earlier run may end in half a line. */
  #own: string | null = null;
  readonly #isOpen: boolean;
  /** Why the disk was of no use the last time; `null` if it was. */
  fault: Error | null = null;

  /** Opens what an earlier run left. A folder that cannot be read is a `fault`: it is left alone, and this run has a stream of
   *  its own. */
  constructor(store: SpoolStore) {
    this.#store = store;
    this.#stream = this.#try(() => this.#open()) ?? newStream();
    this.#isOpen = this.fault === null;
  }

  get stream(): string {
    return this.#stream;
  }

  /** The last number given. */
  get last(): number {
    return this.#last;
  }

  /** What its parts take on disk. */
  get bytes(): number {
    return this.#parts.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Whether it takes another line. A disk that fails leaves nothing but what can be sent at once. */
  get hasRoom(): boolean {
    return this.fault === null ? this.bytes < MOST_BYTES : this.peek() === null;
  }

  /** Numbers a line and puts it at the end. One that the disk does not take stays in memory, in its order. */
  append(lineOf: (seq: number) => string): void {
    const seq = this.#last + 1;
    const line = lineOf(seq);
    this.#last = seq;
    this.#unwritten.push({ seq, line, bytes: Buffer.byteLength(line) });
    if (this.#isOpen)
      this.#try(() => {
        for (let next = this.#unwritten[0]; next !== undefined; next = this.#unwritten[0]) {
          this.#write(next);
          this.#unwritten.shift();
        }
        this.fault = null;
      });
  }

  /** The first line that was not taken yet; `null` if all were. */
  peek(): SpooledLine | null {
    while (this.#front.length === 0) {
      const part = this.#parts.find(({ bytes, read }) => read < bytes);
      if (part === undefined) {
        this.#queue(this.#unwritten.splice(0));
        break;
      }
      const lines = this.#load(part);
      if (lines === null) break;
      this.#queue(lines);
    }
    return this.#front[0] ?? null;
  }

  /** Takes the line that `peek` showed. */
  shift(): void {
    this.#frontBytes -= this.#front.shift()?.bytes ?? 0;
  }

  /** All numbers up to `through` are settled: their lines leave queue and disk. */
  settle(through: number): void {
    if (through > this.#settled) this.#settle(Math.min(through, this.#last));
  }

  /** Begins a new stream, in which numbers start at 1; what is still here is settled. */
  restart(): void {
    // Newest first: what a kill in between leaves is no number the collector has not seen.
    for (const { name } of this.#parts.toReversed()) this.#try(() => this.#store.remove(name));
    this.#parts = [];
    this.#front = [];
    this.#frontBytes = 0;
    this.#last = 0;
    this.#settled = 0;
    this.#stream = newStream();
  }

  #settle(through: number): void {
    this.#settled = through;
    this.#queue(this.#front.splice(0).filter(({ seq }) => seq > this.#settled));
    // What fails here is done next time; until then a restart only sends more than it needs to.
    try {
      for (let next = this.#parts[1]; next !== undefined && next.first <= this.#settled + 1; next = this.#parts[1]) {
        this.#store.remove(this.#parts[0]?.name ?? "");
        this.#parts.shift();
      }
      const [newest] = this.#parts;
      if (this.#settled < this.#last || newest === undefined || newest.bytes === 0) return;
      this.#parts = [];
      const first = this.#last + 1;
      this.#store.renew(newest.name, this.#nameOf(first));
      this.#parts = [{ name: this.#nameOf(first), first, bytes: 0, read: 0 }];
    } catch {
      // The next append begins a part.
    }
  }

  // Almost every start finds nothing and settles nothing, and what does not run is not compiled.
  #open(): string | null {
    const files = this.#store.list();
    return files.length === 0 ? null : this.#resume(files);
  }

  #resume(files: ReturnType<SpoolStore["list"]>): string | null {
    const found = files.flatMap(({ name, bytes }) => {
      const [, stream = "", first = ""] = PART_NAME.exec(name) ?? [];
      return stream === "" ? [] : [{ stream, part: { name, first: Number(first), bytes, read: 0 } }];
    });
    if (found.length === 0) return null;
    const stream = found.map((file) => file.stream).reduce((a, b) => (a > b ? a : b));
    // An older one was settled whole before the newer began.
    for (const other of found) if (other.stream !== stream) this.#try(() => this.#store.remove(other.part.name));
    this.#parts = found.filter((file) => file.stream === stream).map(({ part }) => part);
    this.#parts.sort((a, b) => a.first - b.first);
    const newest = this.#parts.at(-1);
    if (newest === undefined) return stream;
    this.#last = newest.first - 1;
    if (newest.bytes === 0) return stream;
    for (const { seq } of linesIn(this.#store.read(newest.name, 0))) this.#last = Math.max(this.#last, seq);
    // Nothing but half a line, which was never sent.
    if (this.#last < newest.first) {
      this.#store.renew(newest.name, newest.name);
      newest.bytes = 0;
    }
    return stream;
  }

  #write(next: SpooledLine): void {
    const newest = this.#parts.at(-1);
    const isGoingOn =
      newest !== undefined && newest.bytes < PART_BYTES && (newest.bytes === 0 || newest.name === this.#own);
    const part = isGoingOn ? newest : { name: this.#nameOf(next.seq), first: next.seq, bytes: 0, read: 0 };
    this.#store.append(part.name, next.line);
    if (!isGoingOn) this.#parts.push(part);
    this.#own = part.name;
    const isNext = this.#frontBytes < PART_BYTES && this.#parts.every(({ bytes, read }) => read === bytes);
    part.bytes += next.bytes;
    if (!isNext) return;
    part.read = part.bytes;
    this.#queue([next]);
  }

  /** What of a part is still to be sent; `null` while it cannot be read: then nothing goes before it. */
  #load(part: Part): SpooledLine[] | null {
    const text = this.#try(() => this.#store.read(part.name, part.read));
    if (text === null) return null;
    part.read = part.bytes;
    return linesIn(text).filter(({ seq }) => seq >= part.first && seq > this.#settled);
  }

  #queue(lines: readonly SpooledLine[]): void {
    this.#front.push(...lines);
    this.#frontBytes = this.#front.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #nameOf(first: number): string {
    return `${this.#stream}.${first}.jsonl`;
  }

  #try<Value>(work: () => Value): Value | null {
    try {
      return work();
    } catch (error) {
      this.fault = asError(error);
      return null;
    }
  }
}
