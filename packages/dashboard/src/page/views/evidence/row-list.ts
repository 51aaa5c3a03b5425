import type { Row } from "./row.ts";

/** More are not held: whoever needs them asks for less time, one agent or one kind. */
export const MOST_ROWS = 100_000;

/** Rows, newest first, each once. It is changed in place, since a copy of fifty thousand for every thousand that come would be
 *  seen; `version` says that it was. */
export class RowList {
  readonly #known = new Set<number>();
  #rows: Row[] = [];
  #version = 0;
  #isFull = false;

  get rows(): readonly Row[] {
    return this.#rows;
  }

  get version(): number {
    return this.#version;
  }

  /** It holds as many as it may; older ones were left out. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Adds what came before all others; `added` in commit order. Returns how many were new. */
  addOlder(added: readonly Row[]): number {
    const before = this.#rows.length;
    for (let index = added.length - 1; index >= 0; index -= 1) {
      const row = added[index];
      if (row === undefined || this.#known.has(row.seq)) continue;
      if (this.#rows.length >= MOST_ROWS) {
        this.#isFull = true;
        break;
      }
      this.#known.add(row.seq);
      this.#rows.push(row);
    }
    this.#version += 1;
    return this.#rows.length - before;
  }

  /** Adds what was committed since; `added` in commit order. Returns how many were new. */
  addNewer(added: readonly Row[]): number {
    const fresh = added.filter(({ seq }) => !this.#known.has(seq));
    if (fresh.length === 0) return 0;
    for (const { seq } of fresh) this.#known.add(seq);
    this.#rows = [...fresh.toReversed(), ...this.#rows];
    for (const { seq } of this.#rows.splice(MOST_ROWS)) {
      this.#known.delete(seq);
      this.#isFull = true;
    }
    this.#version += 1;
    return fresh.length;
  }
}

/** The rows that have `wanted` in them, whichever case. The whole list where nothing is wanted. */
export function rowsWith(rows: readonly Row[], wanted: string): readonly Row[] {
  const word = wanted.trim().toLowerCase();
  if (word === "") return rows;
  return rows.filter(
    ({ gist, label, seq }) =>
      gist.toLowerCase().includes(word) || label.toLowerCase().includes(word) || String(seq) === word,
  );
}
