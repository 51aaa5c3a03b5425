// Commands and interruptions, one after the other.

export class Turns {
  readonly #failed: (error: unknown) => void;
  #over: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** `failed` hears what a task throws; the next one begins all the same. */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Tasks that are not done, the one under way included. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Settles when the tasks taken so far are done. */
  get over(): Promise<void> {
    return this.#over;
  }

  /** Does `task` when those before it are done; settles after it. */
  take(task: () => unknown): Promise<void> {
    this.#waiting += 1;
    this.#over = this.#after(this.#over, task);
    return this.#over;
  }

  async #after(before: Promise<void>, task: () => unknown): Promise<void> {
    await before;
    await attempt(task, this.#failed);
    this.#waiting -= 1;
  }
}

/** Does `task`; what it throws is told, and no reason to stop. */
export async function attempt(task: () => unknown, failed: (error: unknown) => void): Promise<void> {
  try {
    await task();
  } catch (error) {
    failed(error);
  }
}
