import { ApiProblem } from "../api/index.ts";

/** Something read from the collector again and again: what was read last stays until the next is there. Reactive. */
export class Reading<T> {
  #value = $state.raw<T | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #isPending = $state(false);
  #key: string | null = null;
  #timer = 0;
  #next: (() => Promise<void>) | null = null;

  /** `null` until something was read. */
  get value(): T | null {
    return this.#value;
  }

  /** Why the last reading failed. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  get isPending(): boolean {
    return this.#isPending;
  }

  /** Reads, unless the last one asked had the same key; what is asked within `delayMs` of each other is read once, and never two
   *  at a time. */
  ask(key: string, read: () => Promise<T>, delayMs = 0): void {
    if (key === this.#key) return;
    this.#key = key;
    this.#next = async () => {
      try {
        this.#value = await read();
        this.#problem = null;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        this.#problem = error;
        // The same may be asked again.
        if (this.#key === key) this.#key = null;
      }
    };
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#run(), delayMs);
  }

  async #run(): Promise<void> {
    if (this.#isPending) return;
    this.#isPending = true;
    try {
      for (let next = this.#next; next !== null; next = this.#next) {
        this.#next = null;
        await next();
      }
    } finally {
      this.#isPending = false;
    }
  }
}
