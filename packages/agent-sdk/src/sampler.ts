// When to sample: at a steady pace, never two at once, more rarely while it fails.
import { asError } from "./as-error.ts";
import type { Clock } from "./clock.ts";
import { isPromiseLike } from "./promise-like.ts";

/** A sample should be over by then, or within this share of its pace; a slower one is told once. */
const EXPECTED_MS = 100;
const EXPECTED_SHARE = 0.1;
const LONGEST_BACK_OFF_MS = 60_000;

export interface SamplerEvents {
  /** `failures` in a row; the next attempt comes after `retryMs`. */
  failed(error: Error, failures: number, retryMs: number): void;
  /** A sample succeeded after `failures` that did not. */
  recovered(failures: number): void;
  /** A sample is over, well or badly. */
  took(tookMs: number): void;
  /** The first sample that took longer than 100 ms and a tenth of its pace, whichever is more. */
  slow(tookMs: number, expectedMs: number): void;
}

/** Calls `sample` every `everyMs × factor` while it is on, at once when it is turned on. */
export class Sampler {
  readonly #clock: Clock;
  readonly #sample: (() => unknown) | null;
  readonly #events: SamplerEvents;
  readonly #giveUpMs: number;
  #everyMs: number;
  #factor = 1;
  #isOn = false;
  #failures = 0;
  #wasSlow = false;
  #startedMs = 0;
  /** Counts samples: one that was given up and settles after all is known by its old number. */
  #turn = 0;
  #underWay: number | null = null;
  #awaited: (() => void)[] = [];
  #forgetNext = () => {};

  /** `sample: null` keeps the pace and calls nothing. One that has not settled within `giveUpMs` counts as failed, and the next
   *  may begin. */
  constructor(options: {
    clock: Clock;
    everyMs: number;
    giveUpMs: number;
    sample: (() => unknown) | null;
    events: SamplerEvents;
  }) {
    this.#clock = options.clock;
    this.#everyMs = options.everyMs;
    this.#sample = options.sample;
    this.#events = options.events;
    this.#giveUpMs = options.giveUpMs;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Milliseconds between two samples now, slowing included. */
  get paceMs(): number {
    return this.#everyMs * this.#factor;
  }

  start(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    if (this.#sample !== null) this.#next(0);
  }

  /** A sample under way may finish, but no other follows. */
  stop(): void {
    this.#isOn = false;
    this.#forgetNext();
  }

  /** Samples at once, if it is on; settles when that sample is over, or the one that was under way. */
  async now(): Promise<void> {
    if (!this.#isOn || this.#sample === null) return;
    const over = new Promise<void>((resolve) => this.#awaited.push(resolve));
    if (this.#underWay === null) this.#run();
    await over;
  }

  /** Takes a new pace. A slower one holds from the next sample on, a faster one at once. */
  setPace({ everyMs = this.#everyMs, factor = this.#factor }: { everyMs?: number; factor?: number }): void {
    const isFaster = everyMs * factor < this.paceMs;
    this.#everyMs = everyMs;
    this.#factor = factor;
    const isWaiting = this.#isOn && this.#turn > 0 && this.#underWay === null && this.#failures === 0;
    if (isFaster && isWaiting) this.#next(this.paceMs - (this.#clock.ticksMs() - this.#startedMs));
  }

  #next(delayMs: number): void {
    this.#forgetNext();
    this.#forgetNext = this.#clock.after(Math.max(0, delayMs), () => this.#run());
  }

  #run(): void {
    if (this.#sample === null) return;
    if (this.#underWay !== null) {
      this.#next(this.paceMs);
      return;
    }
    const turn = ++this.#turn;
    this.#underWay = turn;
    this.#startedMs = this.#clock.ticksMs();
    let result: unknown;
    try {
      result = this.#sample();
    } catch (error) {
      this.#settled(turn, asError(error));
      return;
    }
    if (isPromiseLike(result)) this.#await(turn, result);
    else this.#settled(turn);
  }

  #await(turn: number, result: PromiseLike<unknown>): void {
    const forgetLimit = this.#clock.after(this.#giveUpMs, () => {
      this.#settled(turn, new Error(`no answer within ${this.#giveUpMs / 1000} s`));
    });
    const settled = (error?: Error) => {
      forgetLimit();
      this.#settled(turn, error);
    };
    result.then(
      () => settled(),
      (error: unknown) => settled(asError(error)),
    );
  }

  #settled(turn: number, error?: Error): void {
    if (turn !== this.#underWay) return;
    this.#underWay = null;
    for (const over of this.#awaited.splice(0)) over();
    this.#events.took(this.#clock.ticksMs() - this.#startedMs);
    if (error === undefined) this.#succeeded(this.#clock.ticksMs() - this.#startedMs);
    else this.#failed(error);
  }

  #failed(error: Error): void {
    this.#failures += 1;
    const backOffMs = Math.min(this.paceMs * 2 ** this.#failures, Math.max(this.paceMs, LONGEST_BACK_OFF_MS));
    if (this.#isOn) this.#next(backOffMs);
    this.#events.failed(error, this.#failures, backOffMs);
  }

  #succeeded(tookMs: number): void {
    const failures = this.#failures;
    this.#failures = 0;
    if (this.#isOn) this.#next(this.paceMs - tookMs);
    if (failures > 0) this.#events.recovered(failures);
    // Who looks rarely may well wait for another program meanwhile; what it costs the CPU budget shows.
    const expectedMs = Math.max(EXPECTED_MS, this.#everyMs * EXPECTED_SHARE);
    if (tookMs > expectedMs && !this.#wasSlow) {
      this.#wasSlow = true;
      this.#events.slow(tookMs, expectedMs);
    }
  }
}
