// The files a status names, as they are on disk: continued work on one changed file is work too.
import { lstatSync } from "node:fs";
import { join } from "node:path";

/** Of so many changed files the times are looked at; the rest count by name and kind of change. */
const MOST_CHANGED_LOOKED_AT = 1_000;

/** One look at changed files. */
export class ChangedFiles {
  /** A text that differs when other files are changed, in another way, or were written again. */
  readonly digest: string;
  readonly #writtenMs: number[] = [];

  /** `changes` name paths relative to `worktree`. */
  constructor(worktree: string, changes: readonly { readonly path: string; readonly how: string }[]) {
    const lines = changes.map(({ path, how }, index) => {
      const written = index < MOST_CHANGED_LOOKED_AT ? writtenNs(join(worktree, path)) : null;
      if (written !== null) this.#writtenMs.push(Number(written / 1_000_000n));
      return `${how} ${path} ${written ?? ""}`;
    });
    this.digest = lines.join("\0");
  }

  /** The earliest time at or after `sinceMs` at which one of them was written; null if none was. */
  firstWrittenMs(sinceMs: number): number | null {
    const times = this.#writtenMs.filter((timeMs) => timeMs >= sinceMs);
    return times.length === 0 ? null : times.reduce((one, other) => Math.min(one, other));
  }
}

function writtenNs(path: string): bigint | null {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? null;
  } catch {
    return null;
  }
}
