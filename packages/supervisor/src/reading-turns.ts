/** A chunk that took less of a share is a heartbeat, or a few: it never waits. */
const LEAST_SHARE = 0.1;

/** What one agent may have read of it before the others get their turn, and what all together may take of one turn of the
 *  event loop. Defaults: 64 KiB, 2 ms, 10 ms, `setImmediate`, `process.nextTick`. */
export interface ReadingTurnsOptions {
  readonly bytes?: number;
  readonly ms?: number;
  readonly turnMs?: number;
  /** Calls back in the next turn of the event loop, after everything else that was ready. */
  readonly nextTurn?: (run: () => void) => void;
  /** Calls back in this turn, once a pipe that was just opened has handed over what was read of it already. */
  readonly afterThis?: (run: () => void) => void;
}

/** Turns of reading, shared by all agents of a collector. Left alone, the runtime reads up to 2 MiB of one pipe before it looks
 *  at the next. Who poured in a whole share waits in line; the line is served for a bounded time, and then everyone else is:
 *  the quiet agents, the timers, the API. */
export class ReadingTurns {
  readonly bytes: number;
  readonly ms: number;
  readonly #turnMs: number;
  readonly #nextTurn: (run: () => void) => void;
  readonly #afterThis: (run: () => void) => void;
  readonly #line: (() => void)[] = [];
  /** How many of the line may still go on in this turn: who comes back in the meantime waits for the next. */
  #served = 0;
  #spentMs = 0;
  #isCalled = false;

  constructor(options: ReadingTurnsOptions = {}) {
    this.bytes = options.bytes ?? 65_536;
    this.ms = options.ms ?? 2;
    this.#turnMs = options.turnMs ?? 10;
    this.#nextTurn = options.nextTurn ?? ((run) => void setImmediate(run));
    this.#afterThis = options.afterThis ?? ((run) => process.nextTick(run));
  }

  /** Calls `run` when its turn has come, at the earliest in the next turn of the event loop; `first`: before all who wait. */
  wait(run: () => void, first = false): void {
    if (first) this.#line.unshift(run);
    else this.#line.push(run);
    this.#call();
  }

  /** Takes a share of this turn for somebody who was held, if nobody waits and there is one left: many held by one limit
   *  would else go on all at once. */
  takeShare(): boolean {
    if (this.#line.length > 0 || this.#spentMs >= this.#turnMs) return false;
    this.#spentMs += this.ms;
    this.#call();
    return true;
  }

  /** So long it took to read somebody; true when that is too long for this turn, unless it was next to nothing. */
  spend(ms: number): boolean {
    this.#spentMs += ms;
    return this.#spentMs >= this.#turnMs && ms >= this.ms * LEAST_SHARE;
  }

  #call(): void {
    if (this.#isCalled) return;
    this.#isCalled = true;
    this.#nextTurn(() => {
      this.#spentMs = 0;
      this.#served = this.#line.length;
      this.#serve();
    });
  }

  #serve(): void {
    const run = this.#served > 0 && this.#spentMs < this.#turnMs ? this.#line.shift() : undefined;
    if (run === undefined) {
      this.#isCalled = false;
      if (this.#line.length > 0) this.#call();
      return;
    }
    this.#served -= 1;
    const sinceMs = this.#spentMs;
    run();
    this.#afterThis(() => {
      // What is still in the pipe comes later in this turn: a share is set aside for it.
      this.#spentMs = Math.max(this.#spentMs, sinceMs + this.ms);
      this.#serve();
    });
  }
}

/** One agent's share: says when it has had enough. What it had counts until then, over turns too: that is never too generous,
 *  and needs no timer to start over. */
export class ReadingShare {
  readonly #turns: ReadingTurns;
  #bytes = 0;
  #ms = 0;
  #isOver = false;
  #waits = false;

  constructor(turns: ReadingTurns) {
    this.#turns = turns;
  }

  /** True: its turn is over. */
  used(bytes: number, ms: number): boolean {
    const tooMany = this.#turns.spend(ms);
    this.#bytes += bytes;
    this.#ms += ms;
    if (!tooMany && this.#bytes < this.#turns.bytes && this.#ms < this.#turns.ms) return false;
    this.#bytes = 0;
    this.#ms = 0;
    this.#isOver = true;
    return true;
  }

  /** Calls `readOn` now if there is room and its share is not used, else in line; `first`: at the front of it. `readOn` says
   *  whether it reads on; who may not has to ask again. */
  goOn(readOn: () => boolean, first: boolean): void {
    if (!this.#isOver && this.#turns.takeShare()) {
      readOn();
      return;
    }
    if (this.#waits && !first) return;
    this.#waits = true;
    this.#turns.wait(() => {
      this.#waits = false;
      this.#isOver = !readOn();
    }, first);
  }
}
