import type { InfrequentEntry } from "@mimolo/protocol";
import { insertSorted } from "./intervals.ts";

/** Infrequent events in order of time. */
export class Entries {
  #entries: InfrequentEntry[] = [];
  #count = 0;

  get all(): readonly InfrequentEntry[] {
    return this.#entries;
  }

  /** How many were added one by one, those forgotten since included. */
  get count(): number {
    return this.#count;
  }

  add(entry: InfrequentEntry): void {
    insertSorted(this.#entries, entry, compareEntries);
    this.#count += 1;
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
