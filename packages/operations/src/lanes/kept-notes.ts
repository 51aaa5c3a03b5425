import type { LanesReport } from "../api/shapes/timeline.ts";
import { DAY_MS, KeptDay, type ReadCommits } from "./kept-day.ts";
import { inOrder } from "./in-order.ts";
import { lanesOf, type LanesQuery } from "./lanes.ts";
import { type Note, noteOf } from "./note.ts";
import type { NoteTable } from "./note-table.ts";
import { LONGEST_SUMMARY_MS } from "./told-span.ts";
import { Turns } from "./turns.ts";

/** A longer range is read from the ledger. */
const MOST_DAYS = 200;
/** Days of three agents that report by the minute: a quarter of a year; of fifty thousand records: six. 16 MB at most, at 54
 *  bytes for each. */
const MOST_NOTES = 300_000;

export interface KeptNotesOptions {
  readonly read: ReadCommits;
  /** `seq` of each record whose content was erased while this runs. */
  readonly erased: () => ReadonlySet<number>;
  /** Notes that are kept, of all days together. */
  readonly most?: number;
  /** How one answer's work is cut; default: others are heard every 8 ms. */
  readonly turns?: () => Turns;
}

/** Answers what agents told without reading a day's records twice: notes are kept by the day, those asked for longest ago give
 *  way. What is asked beyond that is read from the ledger, and is the same. */
export class KeptNotes {
  readonly #options: Required<KeptNotesOptions>;
  /** By their begin; the one asked for last is the last. */
  readonly #days = new Map<number, KeptDay>();

  constructor(options: KeptNotesOptions) {
    this.#options = { most: MOST_NOTES, turns: () => new Turns(), ...options };
  }

  /** Notes that are kept. */
  get length(): number {
    return [...this.#days.values()].reduce((sum, { notes }) => sum + notes.length, 0);
  }

  async lanes(query: LanesQuery): Promise<LanesReport> {
    // What lies in the range may be told after it.
    const heard = { fromMs: query.fromMs, toMs: query.toMs + LONGEST_SUMMARY_MS };
    const turns = this.#options.turns();
    const tables = await this.#tables(heard, turns);
    return await lanesOf(query, tables === null ? this.#plain(heard) : [this.#heard(tables, heard)], turns);
  }

  /** Of all days of a range; `null`: that is more than is kept. */
  async #tables({ fromMs, toMs }: { fromMs: number; toMs: number }, turns: Turns): Promise<NoteTable[] | null> {
    if (toMs - fromMs > MOST_DAYS * DAY_MS) return null;
    const tables: NoteTable[] = [];
    let length = 0;
    for (let startMs = Math.floor(fromMs / DAY_MS) * DAY_MS; startMs < toMs; startMs += DAY_MS) {
      const day = this.#days.get(startMs) ?? new KeptDay(this.#options.read, startMs, this.#options.most);
      this.#days.delete(startMs);
      this.#days.set(startMs, day);
      await day.refresh(turns);
      length += day.notes.length;
      this.#makeRoom();
      if (day.isTooFull || length > this.#options.most) return null;
      tables.push(day.notes);
    }
    return tables;
  }

  #makeRoom(): void {
    let length = this.length;
    for (const [startMs, { notes }] of this.#days) {
      if (length <= this.#options.most && this.#days.size <= 2 * MOST_DAYS) return;
      this.#days.delete(startMs);
      length -= notes.length;
    }
  }

  *#heard(tables: readonly NoteTable[], { fromMs, toMs }: { fromMs: number; toMs: number }): Generator<Note> {
    const erased = this.#options.erased();
    for (const note of inOrder(tables)) {
      const { startMs, endMs } = note;
      const isIn = startMs < toMs && (endMs > fromMs || (startMs === endMs && startMs === fromMs));
      if (isIn && !erased.has(note.seq)) yield note;
    }
  }

  async *#plain(heard: { fromMs: number; toMs: number }): AsyncGenerator<Note[]> {
    for await (const commit of this.#options.read(heard)) {
      yield commit.flatMap((record) => noteOf(record) ?? []);
    }
  }
}
