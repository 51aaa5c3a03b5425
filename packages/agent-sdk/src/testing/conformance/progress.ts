// How far a check has come, and what it waits for: told as it changes.
import { type Clock, systemClock } from "../../clock.ts";

/** What a scenario that is under way for long waits for. */
export interface Waiting {
  readonly for: string;
  /** How long it is waited for at most, from the beginning of the wait. */
  readonly up_to_ms: number;
}

/** `of` never changes; `done` counts the scenarios that were played, and those that this agent is not asked for. */
export type OnProgress = (done: number, of: number, scenario: string, waiting: Waiting | null) => void;

/** A scenario that is under way. */
export interface UnderWay {
  /** Null: what was awaited has come, or comes no more. */
  waits(waiting: Waiting | null): void;
  ends(): void;
}

/** What a shorter scenario waits for needs no word, nor does what comes nearly at once. */
const LONG_MS = 3000;
const NEARLY_AT_ONCE_MS = 500;

export class Progress {
  readonly #of: number;
  readonly #told: OnProgress;
  readonly #clock: Clock;
  /** By scenario what it waits for, the longest wait first. */
  readonly #waits = new Map<string, Waiting>();
  #done = 0;
  #title = "";

  constructor(of: number, told: OnProgress = () => {}, clock = systemClock) {
    this.#of = of;
    this.#told = told;
    this.#clock = clock;
  }

  /** So many are not asked of this agent. */
  leaveOut(count: number): void {
    this.#done += count;
    this.#tell(this.#title);
  }

  begins(title: string): UnderWay {
    const sinceMs = this.#clock.ticksMs();
    let forget = () => {};
    const waits = (waiting: Waiting | null) => {
      forget();
      if (this.#waits.delete(title)) this.#tell(title);
      if (waiting === null) return;
      const inMs = Math.max(NEARLY_AT_ONCE_MS, sinceMs + LONG_MS - this.#clock.ticksMs());
      forget = this.#clock.after(inMs, () => {
        this.#waits.set(title, waiting);
        this.#tell(title);
      });
    };
    this.#tell(title);
    const ends = () => {
      this.#done += 1;
      waits(null);
      this.#tell(title);
    };
    return { waits, ends };
  }

  #tell(title: string): void {
    this.#title = title;
    const [longest] = this.#waits;
    this.#told(this.#done, this.#of, longest?.[0] ?? title, longest?.[1] ?? null);
  }
}
