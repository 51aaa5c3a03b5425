// What became of the looks at the screen since the last summary.

/** What a summary says of them. */
export interface PicturesTold {
  readonly taken: number;
  /** Looks that would have given the same picture as the one before. */
  readonly unchanged: number;
  /** Looks that were left out, because too many pictures wait for a summary. */
  readonly skipped: number;
  /** Of the pictures taken. */
  readonly bytes: number;
}

/** As many as a summary can refer to. */
const MOST_WAITING = 64;

export class Pictures {
  #taken = 0;
  #unchanged = 0;
  #skipped = 0;
  #bytes = 0;

  /** Whether another may be taken before the next summary. */
  get hasRoom(): boolean {
    return this.#taken < MOST_WAITING;
  }

  get waiting(): number {
    return this.#taken;
  }

  took(bytes: number): void {
    this.#taken += 1;
    this.#bytes += bytes;
  }

  same(): void {
    this.#unchanged += 1;
  }

  skip(): void {
    this.#skipped += 1;
  }

  /** Sums so far, which begin anew. */
  take(): PicturesTold {
    const told = { taken: this.#taken, unchanged: this.#unchanged, skipped: this.#skipped, bytes: this.#bytes };
    this.#taken = 0;
    this.#unchanged = 0;
    this.#skipped = 0;
    this.#bytes = 0;
    return told;
  }
}
