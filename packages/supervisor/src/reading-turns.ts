/** What one agent may have read of it before the others get their turn. Defaults: 64 KiB, 2 ms, `setImmediate`. */
export interface ReadingTurnsOptions {
  readonly bytes?: number;
  readonly ms?: number;
  /** Calls back in the next turn of the event loop, after everything else that was ready. */
  readonly nextTurn?: (run: () => void) => void;
}

/** Turns of reading, shared by all agents of a collector. Left alone, the runtime reads up to 2 MiB of one pipe before it looks
 *  at the next. */
export class ReadingTurns {
  readonly bytes: number;
  readonly ms: number;
  readonly #nextTurn: (run: () => void) => void;
  #waiting: (() => void)[] = [];

  constructor(options: ReadingTurnsOptions = {}) {
    this.bytes = options.bytes ?? 65_536;
    this.ms = options.ms ?? 2;
    this.#nextTurn = options.nextTurn ?? ((run) => void setImmediate(run));
  }

  /** Calls `run` in the next turn; however many wait, they share one callback. */
  afterThis(run: () => void): void {
    if (this.#waiting.push(run) > 1) return;
    this.#nextTurn(() => {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const next of waiting) next();
    });
  }
}

/** One agent's share: says when it has had enough. What it had counts until then, over turns too: that is never too generous,
 *  and needs no timer to start over. */
export class ReadingShare {
  readonly #turns: ReadingTurns;
  #bytes = 0;
  #ms = 0;

  constructor(turns: ReadingTurns) {
    this.#turns = turns;
  }

  /** True: its turn is over. */
  used(bytes: number, ms: number): boolean {
    this.#bytes += bytes;
    this.#ms += ms;
    if (this.#bytes < this.#turns.bytes && this.#ms < this.#turns.ms) return false;
    this.#bytes = 0;
    this.#ms = 0;
    return true;
  }

  atNextTurn(run: () => void): void {
    this.#turns.afterThis(run);
  }
}
