import { rmSync } from "node:fs";
import type { Segment } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { writeJsonFile } from "../owner-file.ts";

const EVERY_MS = 1_000;

export interface CurrentSegmentOptions {
  /** `state/current_segment.json`. */
  readonly file: string;
  readonly clock: Clock;
  readonly open: () => Segment | null;
}

/** The open segment in a file, for scripts that want to know at a glance; written at most once a second, gone when nothing is
 *  open. A cache: nobody reads it back. */
export class CurrentSegment {
  readonly #options: CurrentSegmentOptions;
  readonly #closed = new AbortController();
  #isDue = false;
  #written: string | null | undefined;
  #writtenMs = Number.NEGATIVE_INFINITY;

  constructor(options: CurrentSegmentOptions) {
    this.#options = options;
    this.#write();
  }

  /** The open segment may be another one, or look otherwise. */
  changed(): void {
    const { clock, open } = this.#options;
    const leftMs = this.#writtenMs + EVERY_MS - clock.ticksMs();
    if (leftMs <= 0 || open() === null) return this.#write();
    if (this.#isDue) return;
    this.#isDue = true;
    const write = () => {
      this.#isDue = false;
      this.#write();
    };
    clock.after(leftMs, write, this.#closed.signal);
  }

  /** Writes what holds now, and no more after that. */
  close(): void {
    this.#closed.abort();
    this.#write();
  }

  #write(): void {
    const { file, clock, open } = this.#options;
    const segment = open();
    const text = segment === null ? null : JSON.stringify(segment);
    if (text === this.#written) return;
    if (text !== null) this.#writtenMs = clock.ticksMs();
    try {
      if (segment === null) rmSync(file, { force: true });
      else writeJsonFile(file, segment);
      this.#written = text;
    } catch {
      // A full disk: the ledger says so, and this is but a cache.
      this.#written = undefined;
    }
  }
}
