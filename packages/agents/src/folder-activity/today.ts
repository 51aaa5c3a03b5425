// What changed since midnight, in a few numbers: all that a glance needs.
import { dirname } from "node:path";
import type { Change } from "./changes.ts";
import type { Counts } from "./tally.ts";

const FOLDERS_REMEMBERED = 6;
const NOTHING: Counts = { created: 0, modified: 0, deleted: 0, renamed: 0, total: 0 };

/** A folder with changes today; `atMs` is the last one. */
export interface BusyFolder {
  readonly folder: string;
  readonly changes: number;
  readonly atMs: number;
}

/** Today so far. `hours` are the 24 hours by the clock of this machine; `folders` come newest first. */
export interface Glance {
  readonly counts: Counts;
  readonly hours: readonly number[];
  readonly folders: readonly BusyFolder[];
  /** Nothing before it was seen. */
  readonly sinceMs: number;
}

/** Sums up a day and forgets it at midnight. */
export class Today {
  readonly #wallMs: () => number;
  #day: string;
  #sinceMs: number;
  #counts = NOTHING;
  #hours = noHours();
  #folders = new Map<string, BusyFolder>();

  constructor(wallMs: () => number) {
    this.#wallMs = wallMs;
    this.#sinceMs = wallMs();
    this.#day = new Date(this.#sinceMs).toDateString();
  }

  /** These were counted just now. */
  changed(changes: readonly Change[]): void {
    const nowMs = this.#turn();
    const hour = new Date(nowMs).getHours();
    this.#hours[hour] = (this.#hours[hour] ?? 0) + changes.length;
    for (const { path } of changes) {
      const folder = dirname(path);
      const earlier = this.#folders.get(folder);
      this.#folders.delete(folder);
      this.#folders.set(folder, { folder, changes: (earlier?.changes ?? 0) + 1, atMs: nowMs });
    }
    for (const folder of this.#folders.keys()) {
      if (this.#folders.size <= FOLDERS_REMEMBERED) break;
      this.#folders.delete(folder);
    }
  }

  /** A summary took these with it. */
  taken(counts: Counts): void {
    this.#turn();
    this.#counts = sum(this.#counts, counts);
  }

  /** Today, with those that no summary has taken yet. */
  glance(waiting: Counts): Glance {
    this.#turn();
    return {
      counts: sum(this.#counts, waiting),
      hours: this.#hours,
      folders: [...this.#folders.values()].toReversed(),
      sinceMs: this.#sinceMs,
    };
  }

  #turn(): number {
    const nowMs = this.#wallMs();
    const now = new Date(nowMs);
    if (now.toDateString() === this.#day) return nowMs;
    this.#day = now.toDateString();
    this.#sinceMs = now.setHours(0, 0, 0, 0);
    this.#counts = NOTHING;
    this.#hours = noHours();
    this.#folders = new Map();
    return nowMs;
  }
}

function noHours(): number[] {
  return Array.from({ length: 24 }, () => 0);
}

function sum(one: Counts, other: Counts): Counts {
  return {
    created: one.created + other.created,
    modified: one.modified + other.modified,
    deleted: one.deleted + other.deleted,
    renamed: one.renamed + other.renamed,
    total: one.total + other.total,
  };
}
