import type { Noted } from "@mimolo/evidence";
import { EvidenceLane, type EvidenceSource } from "./evidence-lane.ts";

interface Entry {
  readonly noted: Noted;
  /** Whose lane its bytes fill; `null` for the collector's own records. */
  readonly source: EvidenceSource | null;
  readonly bytes: number;
}

/** What was appended and is not durable yet, in order: of each record only what the timeline will ask for. */
export class Waiting {
  readonly #lane = new EvidenceLane();
  #entries: Entry[] = [];
  #taken = 0;

  get isEmpty(): boolean {
    return this.#taken === this.#entries.length;
  }

  add(noted: Noted, source: EvidenceSource | null, bytes: number): void {
    this.#entries.push({ noted, source, bytes });
    if (source !== null) this.#lane.accept(source, bytes);
  }

  /** Takes out those up to record `through` and gives their agents room again. */
  settle(through: number): Noted[] {
    const settled: Noted[] = [];
    for (let entry = this.#next(through); entry !== undefined; entry = this.#next(through)) {
      this.#taken += 1;
      settled.push(entry.noted);
      if (entry.source !== null) this.#lane.settle(entry.source, entry.bytes);
    }
    // Most commits take all; else the front goes once it is the larger part.
    if (this.isEmpty || this.#taken > this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#taken);
      this.#taken = 0;
    }
    if (settled.length > 0) this.#lane.makeRoom();
    return settled;
  }

  #next(through: number): Entry | undefined {
    const entry = this.#entries[this.#taken];
    return entry !== undefined && entry.noted.seq <= through ? entry : undefined;
  }
}
