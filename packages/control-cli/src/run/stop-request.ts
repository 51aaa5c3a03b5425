import type { StopSignal, Surroundings } from "../surroundings.ts";

/** npm passes a Ctrl-C on that the terminal has already delivered: what comes this soon is the same one. */
const ECHO_MS = 250;

/** Node.js ends a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export type StopReason = StopSignal | "time" | "once" | "shutdown";

/** Waits for the first reason to stop and tells of every further signal. */
export class StopRequest {
  readonly first: Promise<StopReason>;
  readonly #end: () => void;
  readonly #nowMs: () => number;
  readonly #hungUp: () => boolean;
  #reread: (() => void) | null = null;
  #ask: (reason: StopReason) => void = () => {};
  #reason: StopReason | null = null;
  #firstAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #again: (() => void) | null = null;
  #impatient = false;

  constructor(surroundings: Pick<Surroundings, "onStopSignal" | "nowMs" | "hungUp">) {
    this.#nowMs = () => surroundings.nowMs();
    this.#hungUp = () => surroundings.hungUp();
    this.first = new Promise((resolve) => {
      this.#ask = (reason) => {
        this.#reason ??= reason;
        resolve(this.#reason);
      };
    });
    this.#end = surroundings.onStopSignal((signal) => this.#heard(signal));
  }

  /** The first reason, or `null` while nobody asked. */
  get reason(): StopReason | null {
    return this.#reason;
  }

  /** True once somebody asked a second time. */
  get impatient(): boolean {
    return this.#impatient;
  }

  /** Asks from inside, for another reason than a signal. */
  ask(reason: "time" | "once" | "shutdown"): void {
    this.#ask(reason);
  }

  /** Asks by itself after so many milliseconds. */
  askAfter(delayMs: number): void {
    const partMs = Math.min(delayMs, LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => {
      if (delayMs > partMs) this.askAfter(delayMs - partMs);
      else this.#ask("time");
    }, partMs);
  }

  /** Calls `hurry` when a second signal comes, or at once if it already did. */
  onSecond(hurry: () => void): void {
    this.#again = hurry;
    if (this.#impatient) hurry();
  }

  /** From now on a SIGHUP calls `reread` and stops nothing, unless the terminal went away with it. */
  onHangup(reread: () => void): void {
    this.#reread = reread;
  }

  /** Listens no longer. */
  end(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  #heard(signal: StopSignal): void {
    if (signal === "SIGHUP" && this.#reread !== null && !this.#hungUp()) {
      if (this.#reason === null) this.#reread();
      return;
    }
    if (this.#reason === null) {
      this.#firstAtMs = this.#nowMs();
      this.#ask(signal);
      return;
    }
    const sinceMs = this.#nowMs() - this.#firstAtMs;
    if (sinceMs >= 0 && sinceMs < ECHO_MS) return;
    this.#impatient = true;
    this.#again?.();
  }
}
