import { Alarm } from "./alarm.ts";
import type { Clock } from "./clock.ts";
import type { AgentCondition } from "./health.ts";
import { RareSet } from "./rarely-filled.ts";

/** What a restraint does. */
export interface RestraintEvents {
  /** Its output is read, or not, from now on. */
  reading(on: boolean): void;
  /** The condition is another one now. */
  condition(condition: AgentCondition, cause: string): void;
}

/** So long after the last pause an agent is still shown `throttled`: pauses come and go many times a second, and every change
 *  of the condition is kept as evidence. */
export const LINGER_MS = 10_000;

/** Everything that is done to one process, by whom; made into "read or not" and one condition. */
export class Restraint {
  readonly #clock: Clock;
  readonly #events: RestraintEvents;
  readonly #linger: Alarm;
  readonly #debt: Alarm;
  readonly #pauses = new RareSet<string>();
  readonly #throttles = new RareSet<string>();
  #held = false;
  /** Why it was paused last, while that is still shown. */
  #lately: string | null = null;
  #condition: AgentCondition = "free";
  #stoppedSinceMs: number | null = null;
  #stoppedMs = 0;

  constructor(clock: Clock, events: RestraintEvents) {
    this.#clock = clock;
    this.#events = events;
    this.#linger = new Alarm(clock);
    this.#debt = new Alarm(clock);
  }

  /** How long reading was stopped, in all. */
  get stoppedMs(): number {
    return this.#stoppedMs + (this.#stoppedSinceMs === null ? 0 : this.#clock.ticksMs() - this.#stoppedSinceMs);
  }

  /** What makes it `throttled`, each cause once. */
  get causes(): string[] {
    const lately = this.#lately === null ? [] : [this.#lately];
    return [...new Set([...this.#throttles, ...this.#pauses, ...lately])];
  }

  hold(on: boolean, cause: string): void {
    this.#held = on;
    this.#settle(cause);
  }

  pause(cause: string): void {
    if (this.#pauses.has(cause)) return;
    this.#pauses.add(cause);
    this.#lately = cause;
    this.#linger.forget();
    this.#settle(cause);
  }

  /** A pause that ends by itself; asking again begins it anew. For one cause at a time. */
  pauseFor(ms: number, cause: string): void {
    this.pause(cause);
    this.#debt.set(ms, () => this.resume(cause));
  }

  resume(cause: string): void {
    if (!this.#pauses.delete(cause)) return;
    this.#settle(cause);
    if (this.#pauses.size === 0) {
      this.#linger.set(LINGER_MS, () => {
        this.#lately = null;
        this.#settle(noLonger(cause));
      });
    }
  }

  /** `told` is the cause of the change when it is not what the throttle is known by. */
  setThrottled(cause: string, on: boolean, told?: string): void {
    if (on === this.#throttles.has(cause)) return;
    if (on) this.#throttles.add(cause);
    else this.#throttles.delete(cause);
    this.#settle(told ?? (on ? cause : noLonger(cause)));
  }

  /** Forgets all of it and tells nobody: the agent shall say its last words, or is gone. */
  clear(): void {
    this.#held = false;
    this.#lately = null;
    this.#pauses.clear();
    this.#throttles.clear();
    this.#linger.end();
    this.#debt.end();
    this.#condition = "free";
    this.#settle("");
  }

  #settle(cause: string): void {
    const stop = this.#held || this.#pauses.size > 0;
    if (stop && this.#stoppedSinceMs === null) {
      this.#stoppedSinceMs = this.#clock.ticksMs();
      this.#events.reading(false);
    } else if (!stop && this.#stoppedSinceMs !== null) {
      this.#stoppedMs += this.#clock.ticksMs() - this.#stoppedSinceMs;
      this.#stoppedSinceMs = null;
      this.#events.reading(true);
    }
    const slowed = this.#lately !== null || this.#throttles.size > 0;
    const condition = this.#held ? "held" : slowed ? "throttled" : "free";
    if (condition === this.#condition) return;
    this.#condition = condition;
    this.#events.condition(condition, cause);
  }
}

const noLonger = (cause: string) => `${cause.split(":", 1)[0]}: no longer`;
