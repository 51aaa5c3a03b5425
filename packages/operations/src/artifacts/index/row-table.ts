import { createHash } from "node:crypto";
import type { Columns, Hash } from "./columns.ts";

const FIRST = 512;
const EMPTY = -1;

/** Finds the row of an artifact by its agent and its id: eight bytes for each, without a copy of the ids. */
export class RowTable {
  readonly #columns: Columns;
  #slots = new Int32Array(FIRST).fill(EMPTY);
  #used = 0;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** The newest row, or -1. */
  find(instance: number, hash: Hash): number {
    return this.#slots[this.#slotOf(instance, hash)] ?? EMPTY;
  }

  /** Makes a row the newest of its artifact. */
  put(row: number): void {
    if (this.#used * 2 >= this.#slots.length) this.#grow();
    const slot = this.#slotOfRow(row);
    if (this.#slots[slot] === EMPTY) this.#used++;
    this.#slots[slot] = row;
  }

  #slotOf(instance: number, { high, low }: Hash): number {
    const { high: highs, low: lows, instance: instances } = this.#columns;
    const mask = this.#slots.length - 1;
    let slot = (low ^ Math.imul(instance, 0x9e3779b1)) & mask;
    for (;;) {
      const row = this.#slots[slot] ?? EMPTY;
      if (row === EMPTY || (highs[row] === high && lows[row] === low && instances[row] === instance)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #slotOfRow(row: number): number {
    const { high, low, instance } = this.#columns;
    return this.#slotOf(instance[row] ?? 0, { high: high[row] ?? 0, low: low[row] ?? 0 });
  }

  #grow(): void {
    const rows = this.#slots;
    this.#slots = new Int32Array(rows.length * 2).fill(EMPTY);
    for (const row of rows) if (row !== EMPTY) this.#slots[this.#slotOfRow(row)] = row;
  }
}

/** Of an id or a path that agents choose as they like: nobody makes two that meet. */
export function hashOf(text: string): Hash {
  const digest = createHash("sha256").update(text).digest();
  return { high: digest.readUInt32BE(0), low: digest.readUInt32BE(4) };
}
