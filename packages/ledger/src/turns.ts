/** Jobs one after the other; one that fails does not stop the next. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(job: () => Promise<T>): Promise<T> {
    const next = this.#last.then(job);
    this.#last = next.catch(() => {});
    return next;
  }

  /** Resolves when every job so far is over. */
  async over(): Promise<void> {
    await this.#last;
  }
}
