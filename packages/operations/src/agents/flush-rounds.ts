import { Alarm, type Clock } from "@mimolo/supervisor";
import { asked, firstFlush, type FlushState, pending, summarized } from "./flush-schedule.ts";

export interface FlushRoundsOptions {
  intervalMs(): number;
  /** The next summary is due. */
  readonly ask: () => void;
}

/** Asks a running agent for its summaries as `flush-schedule.ts` has it; holds the timer, nothing else. */
export class FlushRounds {
  readonly #clock: Clock;
  readonly #by: FlushRoundsOptions;
  #state: FlushState | null = null;
  readonly #alarm: Alarm;

  constructor(clock: Clock, by: FlushRoundsOptions) {
    this.#clock = clock;
    this.#by = by;
    this.#alarm = new Alarm(clock);
  }

  /** The agent runs: the first summary is due in an interval. */
  begin(): void {
    this.#schedule(firstFlush(this.#by.intervalMs(), this.#clock.ticksMs()));
  }

  /** The agent runs no longer. */
  end(): void {
    this.#alarm.end();
    this.#state = null;
  }

  asked(): void {
    if (this.#state !== null) this.#schedule(asked(this.#state, this.#clock.ticksMs()));
  }

  /** A summary came; `worked` is `null` for a passive agent. */
  summarized(worked: boolean | null): void {
    if (this.#state !== null) this.#schedule(summarized(this.#state, worked));
  }

  /** The agent says changes wait. */
  pending(): void {
    if (this.#state !== null) this.#schedule(pending(this.#state, this.#clock.ticksMs()));
  }

  #schedule(state: FlushState): void {
    const unchanged = this.#state !== null && state.dueMs === this.#state.dueMs;
    this.#state = state;
    if (unchanged) return;
    this.#alarm.set(Math.max(0, state.dueMs - this.#clock.ticksMs()), this.#by.ask);
  }
}
