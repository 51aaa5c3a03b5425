import { type Clock, systemClock } from "./clock.ts";

/** A place in the line for starting; giving it back, granted or not, lets the next one in. Twice is once. */
export interface SpawnTicket {
  release(): void;
}

/** Limits for a whole collector. Defaults: 8 at once, 100 restarts per second, a place held for at most 3,000 ms. */
export interface SpawnGateOptions {
  readonly clock?: Clock;
  readonly concurrent?: number;
  readonly restartsPerSecond?: number;
  readonly holdMs?: number;
}

interface Waiting {
  readonly run: () => void;
  granted: boolean;
  readonly leave: AbortController;
}

/** Spreads starts: at most so many agents between spawn and handshake, one spawn per turn of the event loop, restarts never
 *  faster than the cap. First starts pass waiting restarts. One gate is shared by all agents of a collector. */
export class SpawnGate {
  readonly #clock: Clock;
  readonly #concurrent: number;
  readonly #restartEveryMs: number;
  readonly #holdMs: number;
  readonly #starts = new Set<Waiting>();
  readonly #restarts = new Set<Waiting>();
  #inside = 0;
  #nextRestartMs = Number.NEGATIVE_INFINITY;
  #pump: AbortController | null = null;

  constructor(options: SpawnGateOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#concurrent = options.concurrent ?? 8;
    this.#restartEveryMs = 1_000 / (options.restartsPerSecond ?? 100);
    this.#holdMs = options.holdMs ?? 3_000;
  }

  /** Calls `run` when it is this one's turn: at once if nobody waits. Release when the agent is up, or is not wanted. */
  enter(request: { readonly restart: boolean; readonly run: () => void }): SpawnTicket {
    const queue = request.restart ? this.#restarts : this.#starts;
    const entry: Waiting = { run: request.run, granted: false, leave: new AbortController() };
    queue.add(entry);
    if (this.#pump === null) this.#grantOne();
    else this.#pumpIn(0);
    return { release: () => this.#release(entry, queue) };
  }

  #release(entry: Waiting, queue: Set<Waiting>): void {
    if (entry.leave.signal.aborted) return;
    entry.leave.abort();
    queue.delete(entry);
    if (entry.granted) this.#inside--;
    if (this.#starts.size + this.#restarts.size > 0) this.#pumpIn(0);
  }

  #grantOne(): void {
    this.#pump = null;
    if (this.#inside >= this.#concurrent) return;
    const nowMs = this.#clock.ticksMs();
    const queue = this.#starts.size > 0 ? this.#starts : this.#restarts;
    const [entry] = queue;
    if (entry === undefined) return;
    if (queue === this.#restarts) {
      if (nowMs < this.#nextRestartMs) return this.#pumpIn(this.#nextRestartMs - nowMs);
      this.#nextRestartMs = nowMs + this.#restartEveryMs;
    }
    queue.delete(entry);
    entry.granted = true;
    this.#inside++;
    this.#clock.after(this.#holdMs, () => this.#release(entry, queue), entry.leave.signal);
    // A spawn blocks for milliseconds: whoever comes next waits for the next turn, even if nobody is waiting yet.
    this.#pumpIn(0);
    entry.run();
  }

  #pumpIn(delayMs: number): void {
    this.#pump?.abort();
    this.#pump = new AbortController();
    this.#clock.after(delayMs, () => this.#grantOne(), this.#pump.signal);
  }
}
