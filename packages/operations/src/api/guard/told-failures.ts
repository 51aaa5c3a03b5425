import type { Clock } from "@mimolo/supervisor";

const EVERY_MS = 60_000;

/** Tells how often somebody was wrong about a token or a code: of the first time at once, of those that follow once a minute. */
export class ToldFailures {
  readonly #clock: Pick<Clock, "after">;
  readonly #tell: (count: number) => void;
  readonly #closing = new AbortController();
  #untold = 0;
  #isWaiting = false;

  constructor(clock: Pick<Clock, "after">, tell: (count: number) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  note(): void {
    this.#untold += 1;
    if (!this.#isWaiting) this.#say();
  }

  /** Tells what is untold, and nothing more. */
  close(): void {
    this.#closing.abort();
    this.#isWaiting = true;
    if (this.#untold > 0) this.#tell(this.#untold);
    this.#untold = 0;
  }

  #say(): void {
    this.#tell(this.#untold);
    this.#untold = 0;
    this.#isWaiting = true;
    const next = () => {
      this.#isWaiting = false;
      if (this.#untold > 0) this.#say();
    };
    this.#clock.after(EVERY_MS, next, this.#closing.signal);
  }
}
