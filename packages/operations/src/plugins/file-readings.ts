import { type Stats, statSync } from "node:fs";

interface Kept {
  readonly stamp: string;
  readonly reading: unknown;
}

/** A file may change twice within one tick of the clock that stamps it. */
const UNSETTLED_MS = 100;
const MOST_KEPT = 20_000;

/** What was read from files, as long as they are the same ones and nobody has written to them. */
export class FileReadings {
  readonly #kept = new Map<string, Kept>();

  /** What `read` made of the file; it is not asked again before the file has changed. `as` tells what is made of one file from what
   *  else is. Throws what `stat` and `read` throw. */
  of<Reading>(as: string, file: string, read: (stats: Stats) => Reading): Reading {
    const stats = statSync(file);
    const { ino, size, mtimeMs, ctimeMs } = stats;
    const stamp = `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
    const key = `${as} ${file}`;
    const kept = this.#kept.get(key);
    // One reader for each `as`: what was kept is what it makes of a file.
    if (kept?.stamp === stamp) return kept.reading as Reading;
    const reading = read(stats);
    if (Date.now() - ctimeMs > UNSETTLED_MS) this.#keep(key, { stamp, reading });
    else this.#kept.delete(key);
    return reading;
  }

  #keep(key: string, kept: Kept): void {
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, kept);
  }
}
