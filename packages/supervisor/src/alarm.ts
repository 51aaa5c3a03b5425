import { AlarmClock, type Call } from "./alarm-clock.ts";
import type { Clock } from "./clock.ts";

const STALLED_MS = 1_000;
/** Timers may ring a little early. */
const EARLY_MS = 1;

/** One timer that can be set again and again; all of a clock share one timer of it. Setting and forgetting touch the clock
 *  only when they must. */
export class Alarm {
  readonly #clock: Clock;
  /** When the clock calls us; null: it will not. */
  #call: Call | null = null;
  #dueMs = 0;
  #patient = false;
  #run: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isSet(): boolean {
    return this.#run !== null;
  }

  /** Calls `run` once after `delayMs`, instead of what was set before. */
  set(delayMs: number, run: () => void): void {
    this.#run = run;
    this.#patient = false;
    this.#dueMs = this.#clock.ticksMs() + delayMs;
    if (this.#call !== null && this.#call.dueMs <= this.#dueMs) return;
    this.#callOff();
    this.#callAt(this.#dueMs);
  }

  /** The same for verdicts on silence: when we ourselves were stalled, what the agent wrote meanwhile is still unread, so an
   *  alarm that rings over a second late waits another second first. */
  setPatiently(delayMs: number, run: () => void): void {
    this.set(delayMs, run);
    this.#patient = true;
  }

  /** Nothing will be run; the clock may still call in vain once. */
  forget(): void {
    this.#run = null;
  }

  /** Forgets, and lets go of the clock. */
  end(): void {
    this.#run = null;
    this.#callOff();
  }

  #callAt(dueMs: number): void {
    this.#call = { dueMs, ring: () => this.#ring() };
    AlarmClock.of(this.#clock).add(this.#call);
  }

  #callOff(): void {
    if (this.#call === null) return;
    AlarmClock.of(this.#clock).cancel(this.#call);
    this.#call = null;
  }

  #ring(): void {
    this.#call = null;
    const run = this.#run;
    if (run === null) return;
    const nowMs = this.#clock.ticksMs();
    if (this.#patient && nowMs - this.#dueMs > STALLED_MS) {
      this.#patient = false;
      this.#dueMs = nowMs + STALLED_MS;
    }
    if (this.#dueMs - nowMs >= EARLY_MS) return this.#callAt(this.#dueMs);
    this.#run = null;
    run();
  }
}
