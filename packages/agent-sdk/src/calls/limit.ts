// The time one call has.
import { asError } from "../as-error.ts";
import type { Clock } from "../clock.ts";

const DEFAULT_MS = 5000;
/** A little less than the collector waits, so that it hears why. */
const EARLIER = 0.1;
const MOST_EARLIER_MS = 1000;
const MOST_RENEWALS = 10;

export class Limit {
  /** What the collector waits. */
  readonly ms: number;
  readonly #clock: Clock;
  #abort: AbortController | null = null;
  #reason: Error | null = null;
  #reject: (error: Error) => void = () => {};
  #forget = () => {};
  #renewals = 0;
  #isDone = false;
  #name = "the call";

  constructor(clock: Clock, ms: unknown) {
    this.#clock = clock;
    this.ms = typeof ms === "number" && ms > 0 && ms <= 300_000 ? ms : DEFAULT_MS;
  }

  /** The time ran out. */
  isOver = false;

  /** Made when somebody asks for it: most calls need none. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#reason !== null) this.#abort.abort(this.#reason);
    return this.#abort.signal;
  }

  /** What `work` comes to, or an error once the time is over. */
  hold(name: string, work: () => unknown): Promise<unknown> {
    this.#name = name;
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      this.#begin();
      const run = async () => resolve(await work());
      run().catch((error: unknown) => reject(error instanceof Error ? error : asError(error)));
    });
  }

  /** Begins the time anew; false when that was done too often, or nothing is left to wait for. */
  renew(): boolean {
    if (this.#isDone || this.#reason !== null || this.#renewals >= MOST_RENEWALS) return false;
    this.#renewals += 1;
    this.#begin();
    return true;
  }

  giveUp(reason: Error): void {
    if (this.#isDone) return;
    this.#reason = reason;
    this.#abort?.abort(reason);
    this.#reject(reason);
  }

  /** The call is answered. */
  end(): void {
    this.#isDone = true;
    this.#forget();
  }

  #begin(): void {
    this.#forget();
    const mostMs = this.ms - Math.min(this.ms * EARLIER, MOST_EARLIER_MS);
    this.#forget = this.#clock.after(mostMs, () => {
      this.isOver = true;
      this.giveUp(new Error(`${this.#name} took longer than ${mostMs / 1000} s`));
    });
  }
}
