/** Looks once for all who ask before it begins, one look at a time: an answer is never older than its question, and many who ask
 *  cost no more than two. */
export class SharedLook<Answer> {
  readonly #look: () => Promise<Answer>;
  #last: Promise<unknown> = Promise.resolve();
  #next: Promise<Answer> | null = null;

  constructor(look: () => Promise<Answer>) {
    this.#look = look;
  }

  ask(): Promise<Answer> {
    if (this.#next !== null) return this.#next;
    const next = this.#last.then(() => {
      this.#next = null;
      return this.#look();
    });
    this.#next = next;
    this.#last = next.catch(() => undefined);
    return next;
  }
}
