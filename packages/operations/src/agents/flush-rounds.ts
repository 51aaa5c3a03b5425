import { Alarm, type Clock } from "@mimolo/supervisor";
import { asked, firstFlush, type FlushState, pending, summarized } from "./flush-schedule.ts";

/** Asks a running agent for its summaries as `flush-schedule.ts` has it; holds the timer, nothing else. */
export class FlushRounds {
  readonly #clock: Clock;
  readonly #ask: () => void;
  #state: FlushState | null = null;
  readonly #alarm: Alarm;

  /** `ask` is called when the next summary is due. */
  constructor(clock: Clock, ask: () => void) {
    this.#clock = clock;
    this.#ask = ask;
    this.#alarm = new Alarm(clock);
  }

  /** The agent runs: the first summary is due in `intervalMs`. */
  begin(intervalMs: number): void {
    this.#schedule(firstFlush(intervalMs, this.#clock.ticksMs()));
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
    this.#alarm.set(Math.max(0, state.dueMs - this.#clock.ticksMs()), this.#ask);
  }
}
