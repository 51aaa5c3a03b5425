/** The bytes that one process group had read and written, from what its living processes show; never goes down. A process that was
 *  waited for is in its parent's figure from then on: what the living lose in one reading, they may show again in the next. */
export class IoAccount {
  /** `null` before anything was read. */
  bytes: number | null = null;
  #shown = 0;
  #owed = 0;

  /** What those who live show together. */
  book(shown: number): void {
    const grown = shown - this.#shown;
    this.#shown = shown;
    if (grown < 0) {
      this.#owed -= grown;
      return;
    }
    this.bytes = (this.bytes ?? 0) + Math.max(0, grown - this.#owed);
    this.#owed = 0;
  }
}
