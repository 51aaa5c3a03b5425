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

/** What starts may take of one turn of the event loop. */
const TURN_MS = 4;

interface Waiting {
  readonly run: () => void;
  left: boolean;
  /** Until when it may keep its place, once it has one. */
  untilMs: number | null;
}

/** Spreads starts: at most so many agents between spawn and handshake, a few milliseconds of spawning per turn of the event
 *  loop, restarts never faster than the cap. First starts pass waiting restarts. All agents of a collector share one gate. */
export class SpawnGate {
  readonly #clock: Clock;
  readonly #concurrent: number;
  readonly #restartEveryMs: number;
  readonly #holdMs: number;
  readonly #starts = new Set<Waiting>();
  readonly #restarts = new Set<Waiting>();
  readonly #inside = new Set<Waiting>();
  #nextRestartMs = Number.NEGATIVE_INFINITY;
  /** What starts took of this turn so far. */
  #spentMs = 0;
  readonly #turn: Alarm;
  #turnIsComing = false;
  readonly #impatience: Alarm;

  constructor(options: SpawnGateOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#turn = new Alarm(this.#clock);
    this.#impatience = new Alarm(this.#clock);
    this.#concurrent = options.concurrent ?? 8;
    this.#restartEveryMs = 1_000 / (options.restartsPerSecond ?? 100);
    this.#holdMs = options.holdMs ?? 3_000;
  }

  /** Calls `run` when it is this one's turn: at once if nobody waits. Release when the agent is up, or is not wanted. */
  enter(request: { readonly restart: boolean; readonly run: () => void }): SpawnTicket {
    const entry: Waiting = { run: request.run, left: false, untilMs: null };
    (request.restart ? this.#restarts : this.#starts).add(entry);
    this.#grant();
    return { release: () => this.#leave(entry) };
  }

  #leave(entry: Waiting): void {
    if (entry.left) return;
    entry.left = true;
    this.#starts.delete(entry);
    this.#restarts.delete(entry);
    this.#inside.delete(entry);
    if (this.#starts.size + this.#restarts.size > 0) return this.#nextTurnIn(0);
    if (this.#spentMs === 0) this.#turn.end();
    if (this.#inside.size === 0) this.#impatience.end();
  }

  // A spawn blocks for milliseconds, and a turn of the event loop between two costs as much again: a few fit into one turn.
  #grant(): void {
    while (this.#spentMs < TURN_MS && this.#grantOne()) continue;
    if (this.#spentMs > 0) this.#nextTurnIn(0);
  }

  #grantOne(): boolean {
    if (this.#inside.size >= this.#concurrent) return false;
    const nowMs = this.#clock.ticksMs();
    const queue = this.#starts.size > 0 ? this.#starts : this.#restarts;
    const [entry] = queue;
    if (entry === undefined) return false;
    if (queue === this.#restarts) {
      if (nowMs < this.#nextRestartMs) {
        this.#nextTurnIn(this.#nextRestartMs - nowMs);
        return false;
      }
      this.#nextRestartMs = nowMs + this.#restartEveryMs;
    }
    queue.delete(entry);
    entry.untilMs = nowMs + this.#holdMs;
    this.#inside.add(entry);
    if (!this.#impatience.isSet) this.#impatience.set(this.#holdMs, () => this.#dismissTheSlow());
    entry.run();
    this.#spentMs += this.#clock.ticksMs() - nowMs;
    return true;
  }

  #nextTurnIn(delayMs: number): void {
    // A timer per spawn costs a tenth of the spawn; the event loop's own next turn costs nothing, but only real time has one.
    if (delayMs > 0 || this.#clock !== systemClock) return this.#turn.set(delayMs, () => this.#takeTurn());
    if (this.#turnIsComing) return;
    this.#turnIsComing = true;
    setImmediate(() => {
      this.#turnIsComing = false;
      this.#takeTurn();
    });
  }

  #takeTurn(): void {
    this.#spentMs = 0;
    this.#grant();
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
