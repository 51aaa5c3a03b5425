import type { EvidenceRecord } from "@mimolo/protocol";
import type { EvidenceFilter } from "../reading/archive.ts";
import { noteOf } from "./note.ts";
import { NoteTable } from "./note-table.ts";
import type { Turns } from "./turns.ts";

export const DAY_MS = 86_400_000;

export type ReadCommits = (filter: EvidenceFilter) => AsyncIterable<readonly EvidenceRecord[]>;

/** What was noted of the records whose event time touches one day of UTC: read once, and then only what came since, be it late. */
export class KeptDay {
  #notes = new NoteTable();
  readonly #read: ReadCommits;
  readonly #fromMs: number;
  readonly #most: number;
  readonly #position = { seq: 0 };
  #isTooFull = false;
  #reading: Promise<void> = Promise.resolve();

  /** More than `most` notes are not kept. */
  constructor(read: ReadCommits, fromMs: number, most: number) {
    this.#read = read;
    this.#fromMs = fromMs;
    this.#most = most;
  }

  get notes(): NoteTable {
    return this.#notes;
  }

  /** There is more of it than is kept: it has to be read. */
  get isTooFull(): boolean {
    return this.#isTooFull;
  }

  /** Takes in what was committed since the last time; two who ask wait for each other. */
  refresh(turns: Turns): Promise<void> {
    this.#reading = this.#reading.catch(() => {}).then(() => this.#takeIn(turns));
    return this.#reading;
  }

  async #takeIn(turns: Turns): Promise<void> {
    if (this.#isTooFull) return;
    const filter = { fromMs: this.#fromMs, toMs: this.#fromMs + DAY_MS, position: this.#position };
    for await (const commit of this.#read(filter)) {
      for (const record of commit) {
        const note = noteOf(record);
        if (note === null) continue;
        this.#isTooFull ||= this.#notes.length === this.#most || !this.#notes.add(note);
      }
      // What was read is taken in first: whoever is let in between finds the table and the position agreeing.
      if (turns.isOver) await turns.next();
      if (!this.#isTooFull) continue;
      this.#notes = new NoteTable();
      return;
    }
  }
}
