import type { Alarm } from "./alarm.ts";
import type { Clock } from "./clock.ts";
import { judgeSilence, type LivenessVerdict } from "./liveness.ts";
import type { LifecyclePolicy } from "./policy.ts";

/** What a watch has to say about its agent. */
export interface LivenessEvents {
  /** Silent for two intervals; `heardAgain` follows if it comes back. */
  quiet(): void;
  heardAgain(): void;
  /** Time to ask for its status. */
  ask(): void;
  /** It did not answer either. The watch is over. */
  gone(): void;
}

/** Watches one running process for silence. One timer, looked at twice per silence, never per message. */
export class LivenessWatch {
  readonly #clock: Clock;
  readonly #policy: LifecyclePolicy;
  readonly #events: LivenessEvents;
  readonly #alarm: Alarm;
  #verdict: LivenessVerdict = "lively";
  #lastHeardMs: number;
  #askedMs: number | null = null;
  #pausedMs: number | null = null;
  #overdue = false;

  /** Uses `alarm` as long as the process runs. */
  constructor(clock: Clock, alarm: Alarm, policy: LifecyclePolicy, events: LivenessEvents) {
    this.#clock = clock;
    this.#policy = policy;
    this.#events = events;
    this.#lastHeardMs = clock.ticksMs();
    this.#alarm = alarm;
    this.#lookAgainIn(2 * policy.heartbeatIntervalMs);
  }

  /** A valid message was read at `ticksMs`. */
  heard(ticksMs: number): void {
    this.#lastHeardMs = ticksMs;
    if (this.#verdict === "lively") return;
    this.#verdict = "lively";
    this.#askedMs = null;
    this.#events.heardAgain();
  }

  /** While we hold the agent back, its clock stands still. */
  setListening(on: boolean): void {
    if (on) this.#resume();
    else this.#pausedMs ??= this.#clock.ticksMs();
  }

  #resume(): void {
    if (this.#pausedMs === null) return;
    const heldMs = this.#clock.ticksMs() - this.#pausedMs;
    this.#lastHeardMs += heldMs;
    if (this.#askedMs !== null) this.#askedMs += heldMs;
    this.#pausedMs = null;
    if (!this.#overdue) return;
    this.#overdue = false;
    this.#look();
  }

  #lookAgainIn(delayMs: number): void {
    this.#alarm.setPatiently(delayMs, () => this.#look());
  }

  #look(): void {
    if (this.#pausedMs !== null) {
      this.#overdue = true;
      return;
    }
    const silence = { lastHeardMs: this.#lastHeardMs, askedMs: this.#askedMs };
    const nowMs = this.#clock.ticksMs();
    const { verdict, lookAgainInMs } = judgeSilence(silence, nowMs, this.#policy);
    const wasLively = this.#verdict === "lively";
    this.#verdict = verdict;
    if (verdict === "gone") return this.#events.gone();
    this.#lookAgainIn(lookAgainInMs);
    if (verdict !== "lively" && wasLively) this.#events.quiet();
    if (verdict === "ask") {
      this.#askedMs = nowMs;
      this.#events.ask();
    }
  }
}
