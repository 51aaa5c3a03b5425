import { RareSet } from "./rarely-filled.ts";

/** What can still have something to say when it is already counted as dead. */
export interface Leaving {
  end(): Promise<void>;
}

/** The runs of one agent whose process is dead while their group or their output is not quite gone. No new process before that:
 *  there is never more than one. */
export class Farewells {
  readonly #leaving = new RareSet<Leaving>();
  #next: (() => void) | null = null;

  add(run: Leaving): void {
    this.#leaving.add(run);
  }

  over(run: Leaving): void {
    if (!this.#leaving.delete(run) || this.#leaving.size > 0) return;
    const next = this.#next;
    this.#next = null;
    next?.();
  }

  /** Calls `next` once all are gone: at once if they are. */
  afterwards(next: () => void): void {
    if (this.#leaving.size === 0) next();
    else this.#next = next;
  }

  forgetNext(): void {
    this.#next = null;
  }

  /** Resolves when they and `living` are gone. */
  async ends(living: Leaving | null): Promise<void> {
    const all = living === null ? [...this.#leaving] : [...this.#leaving, living];
    await Promise.all(all.map((run) => run.end()));
  }
}
