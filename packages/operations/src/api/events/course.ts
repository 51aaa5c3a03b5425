import type { Telling } from "./telling.ts";
import { Tellings } from "./telling.ts";

/** What a client that wants evidence and segments in their order is given next. */
export type NextStep =
  | { readonly do: "read"; readonly after: number; readonly upTo: number }
  | { readonly do: "tell"; readonly tellings: readonly Telling[] }
  | null;

/** Where one client stands in the ledger. A segment is told when the client has the records it goes by, and no record after those
 *  before it: whoever comes back with the highest `seq` it saw has missed nothing below. */
export class Course {
  readonly #segments = new Tellings();
  #cursor: number;
  #told: number;

  constructor(cursor: number) {
    this.#cursor = cursor;
    this.#told = cursor;
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Segments that wait for their records. */
  get waiting(): number {
    return this.#segments.count;
  }

  /** Everything durable up to `through` may be read now, and these are the segments it changed. */
  told(through: number, segments: readonly Telling[]): void {
    this.#told = Math.max(this.#told, through);
    for (const segment of segments) this.#segments.add(segment);
  }

  /** The client was given all records up to `seq`. */
  reached(seq: number): void {
    this.#cursor = Math.max(this.#cursor, seq);
  }

  next(): NextStep {
    const first = this.#segments.first();
    if (first !== undefined && first.seq <= this.#cursor)
      return { do: "tell", tellings: this.#segments.takeWhile(({ seq }) => seq <= this.#cursor) };
    const upTo = first === undefined ? this.#told : Math.min(first.seq, this.#told);
    return upTo > this.#cursor ? { do: "read", after: this.#cursor, upTo } : null;
  }
}
