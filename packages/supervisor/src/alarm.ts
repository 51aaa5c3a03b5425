import type { Clock } from "./clock.ts";

const STALLED_MS = 1_000;
/** Timers may ring a little early. */
const EARLY_MS = 1;

/** One timer that can be set again and again. Setting and forgetting touch the clock only when they must: an `AbortController`
 *  per wait was a fifth of what a spawn costs. */
export class Alarm {
  readonly #clock: Clock;
  #controller: AbortController | null = null;
  /** When the clock calls us; null: it will not. */
  #callMs: number | null = null;
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
    if (this.#callMs !== null && this.#callMs <= this.#dueMs) return;
    this.#callOff();
    this.#callIn(delayMs);
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

  #callIn(delayMs: number): void {
    this.#controller ??= new AbortController();
    this.#callMs = this.#clock.ticksMs() + delayMs;
    this.#clock.after(delayMs, () => this.#ring(), this.#controller.signal);
  }

  #callOff(): void {
    if (this.#callMs === null) return;
    // A reason of our own: without one the abort makes an exception with a stack trace.
    this.#controller?.abort("called off");
    this.#controller = null;
    this.#callMs = null;
  }

  #ring(): void {
    this.#callMs = null;
    const run = this.#run;
    if (run === null) return;
    const nowMs = this.#clock.ticksMs();
    if (this.#patient && nowMs - this.#dueMs > STALLED_MS) {
      this.#patient = false;
      this.#dueMs = nowMs + STALLED_MS;
    }
    const restMs = this.#dueMs - nowMs;
    if (restMs >= EARLY_MS) return this.#callIn(restMs);
    this.#run = null;
    run();
  }
}
