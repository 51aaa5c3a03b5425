// Waits for something to be seen, within a time.

export class Lookout {
  readonly #looks = new Set<() => void>();

  /** Something has changed: everybody looks again. */
  changed(): void {
    for (const look of this.#looks) look();
  }

  /** The first value that `look` finds, now or later. Rejects when `lost` says why it will not come any more, and after `withinMs`
   *  with what `late` says. */
  async until<Value>(
    look: () => Value | undefined,
    withinMs: number,
    { lost, late }: { lost: () => string | null; late: () => string },
  ): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    let tryIt = () => {};
    try {
      return await new Promise<Value>((resolve, reject) => {
        tryIt = () => {
          const value = look();
          if (value !== undefined) return resolve(value);
          const why = lost();
          if (why !== null) reject(new Error(why));
        };
        this.#looks.add(tryIt);
        timer = setTimeout(() => reject(new Error(late())), withinMs);
        tryIt();
      });
    } finally {
      clearTimeout(timer);
      this.#looks.delete(tryIt);
    }
  }
}
