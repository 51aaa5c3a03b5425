import type { InfrequentEntry } from "@mimolo/protocol";
import { insertSorted } from "./intervals.ts";

/** Infrequent events in order of time. */
export class Entries {
  #entries: InfrequentEntry[] = [];
  /** The earliest of those that were added and not taken since. */
  #freshFrom: string | null = null;

  get all(): readonly InfrequentEntry[] {
    return this.#entries;
  }

  /** Those that were added one by one since this was last asked, and what is later than the first of them. */
  takeFresh(): InfrequentEntry[] {
    const from = this.#freshFrom;
    this.#freshFrom = null;
    return from === null ? [] : this.#entries.filter(({ at }) => at >= from);
  }

  add(entry: InfrequentEntry): void {
    insertSorted(this.#entries, entry, compareEntries);
    if (this.#freshFrom === null || entry.at < this.#freshFrom) this.#freshFrom = entry.at;
  }

  /** These and no others. */
  replaceAll(entries: InfrequentEntry[]): void {
    this.#entries = entries.sort(compareEntries);
  }

  forget(seqs: () => Iterable<number>): void {
    if (this.#entries.length === 0) return;
    const gone = new Set(seqs());
    this.#entries = this.#entries.filter(({ seq }) => !gone.has(seq));
  }
}

function compareEntries(a: InfrequentEntry, b: InfrequentEntry): number {
  if (a.at === b.at) return a.seq - b.seq;
  return a.at < b.at ? -1 : 1;
}
