import { Alarm } from "./alarm.ts";
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
  left: boolean;
  /** Until when it may keep its place, once it has one. */
  untilMs: number | null;
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
  readonly #inside = new Set<Waiting>();
  #nextRestartMs = Number.NEGATIVE_INFINITY;
  readonly #pump: Alarm;
  readonly #impatience: Alarm;

  constructor(options: SpawnGateOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#pump = new Alarm(this.#clock);
    this.#impatience = new Alarm(this.#clock);
    this.#concurrent = options.concurrent ?? 8;
    this.#restartEveryMs = 1_000 / (options.restartsPerSecond ?? 100);
    this.#holdMs = options.holdMs ?? 3_000;
  }

  /** Calls `run` when it is this one's turn: at once if nobody waits. Release when the agent is up, or is not wanted. */
  enter(request: { readonly restart: boolean; readonly run: () => void }): SpawnTicket {
    const queue = request.restart ? this.#restarts : this.#starts;
    const entry: Waiting = { run: request.run, left: false, untilMs: null };
    queue.add(entry);
    if (!this.#pump.isSet) this.#grantOne();
    else this.#pump.set(0, () => this.#grantOne());
    return { release: () => this.#leave(entry) };
  }

  #leave(entry: Waiting): void {
    if (entry.left) return;
    entry.left = true;
    this.#starts.delete(entry);
    this.#restarts.delete(entry);
    this.#inside.delete(entry);
    if (this.#starts.size + this.#restarts.size > 0) return this.#pump.set(0, () => this.#grantOne());
    this.#pump.end();
    if (this.#inside.size === 0) this.#impatience.end();
  }

  #grantOne(): void {
    if (this.#inside.size >= this.#concurrent) return;
    const nowMs = this.#clock.ticksMs();
    const queue = this.#starts.size > 0 ? this.#starts : this.#restarts;
    const [entry] = queue;
    if (entry === undefined) return;
    if (queue === this.#restarts) {
      if (nowMs < this.#nextRestartMs) {
        return this.#pump.set(this.#nextRestartMs - nowMs, () => this.#grantOne());
      }
      this.#nextRestartMs = nowMs + this.#restartEveryMs;
    }
    queue.delete(entry);
    entry.untilMs = nowMs + this.#holdMs;
    this.#inside.add(entry);
    if (!this.#impatience.isSet) this.#impatience.set(this.#holdMs, () => this.#dismissTheSlow());
    // A spawn blocks for milliseconds: whoever comes next waits for the next turn, even if nobody is waiting yet.
    this.#pump.set(0, () => this.#grantOne());
    entry.run();
  }

  // Places are taken in time order, so one alarm for the oldest does for all.
  #dismissTheSlow(): void {
    const nowMs = this.#clock.ticksMs();
    for (const entry of this.#inside) {
      const leftMs = (entry.untilMs ?? nowMs) - nowMs;
      if (leftMs > 1) return this.#impatience.set(leftMs, () => this.#dismissTheSlow());
      this.#leave(entry);
    }
  }
}
