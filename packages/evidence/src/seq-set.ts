import { lowerBound } from "./timeline/intervals.ts";

/** Record numbers already seen, as ranges: a ledger read from its start is one range however long it is. */
export class SeqSet {
  readonly #ranges: { from: number; to: number }[] = [];

  /** False when `seq` was there before. */
  add(seq: number): boolean {
    const at = lowerBound(this.#ranges, (range) => range.to < seq - 1);
    const range = this.#ranges[at];
    if (range === undefined || range.from > seq + 1) {
      this.#ranges.splice(at, 0, { from: seq, to: seq });
      return true;
    }
    if (range.from <= seq && seq <= range.to) return false;
    if (seq < range.from) {
      range.from = seq;
      return true;
    }
    const next = this.#ranges[at + 1];
    const meetsNext = next !== undefined && next.from === seq + 1;
    range.to = meetsNext ? next.to : seq;
    if (meetsNext) this.#ranges.splice(at + 1, 1);
    return true;
  }
}
