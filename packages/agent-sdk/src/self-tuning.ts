// An agent that notices it costs too much: it samples more slowly, says so, and as a last resort samples no more. What the
// collector asks for counts beside it; the slower of the two wins.
import type { Metrics } from "@mimolo/protocol/wire";
import { BeatWindow } from "./beat-window.ts";
import type { Clock } from "./clock.ts";
import { FULL_PACE, type Pace, paceAfter } from "./pace.ts";
import type { Wellbeing } from "./wellbeing.ts";

/** An agent's first minute belongs to its start: reading what is there costs once. */
const SETTLING_MS = 65_000;

interface Tuned {
  readonly factor: number;
  readonly poll_interval_s: number;
  readonly reason?: string;
}

/** Judges the agent from one sampling-on to the next sampling-off. */
export class SelfTuning {
  readonly #clock: Clock;
  readonly #sampler: { readonly paceMs: number; setPace(pace: { factor: number }): void };
  readonly #wellbeing: Wellbeing;
  readonly #isIntensive: () => boolean;
  readonly #giveUp: () => void;
  #pace: Pace = FULL_PACE;
  #askedFactor = 1;
  #settledMs = Infinity;
  #window: BeatWindow | null = null;

  /** `giveUp` is to turn sampling off: no pace was slow enough. */
  constructor(options: {
    clock: Clock;
    sampler: { readonly paceMs: number; setPace(pace: { factor: number }): void };
    wellbeing: Wellbeing;
    isIntensive: () => boolean;
    giveUp: () => void;
  }) {
    this.#clock = options.clock;
    this.#sampler = options.sampler;
    this.#wellbeing = options.wellbeing;
    this.#isIntensive = options.isIntensive;
    this.#giveUp = options.giveUp;
  }

  /** Whether the agent stopped sampling by its own decision. */
  get isSafe(): boolean {
    return this.#pace.isOverload;
  }

  /** Sampling goes on. */
  start(): void {
    this.#settledMs = this.#clock.ticksMs() + SETTLING_MS;
    this.#window = null;
  }

  /** Sampling goes off: there is nothing to tune. */
  stop(): void {
    this.#settledMs = Infinity;
    this.#window = null;
  }

  sampled(tookMs: number): void {
    this.#window?.sampled(tookMs);
  }

  flushed(tookMs: number | null): void {
    if (tookMs !== null) this.#window?.flushed(tookMs);
  }

  beat(metrics: Metrics): void {
    const nowMs = this.#clock.ticksMs();
    // A declared burst is the collector's to judge; after it the last minute must be another.
    if (this.#isIntensive() && this.#settledMs !== Infinity) this.start();
    if (nowMs < this.#settledMs) return;
    this.#window ??= new BeatWindow(nowMs);
    const strain = this.#window.add(nowMs, metrics, this.#sampler.paceMs);
    if (strain === null) return;
    const before = this.#factor;
    const { pace, reason } = paceAfter(this.#pace, strain);
    this.#pace = pace;
    if (reason === null) return;
    if (pace.isOverload) this.#overload(reason, metrics);
    else if (this.#factor !== before) this.#wellbeing.tell({ tuned: this.#apply(reason) });
  }

  /** What the collector asks for. Factor 1 takes back the agent's own slowness too. */
  throttle(factor: number, reason?: string): Tuned {
    this.#askedFactor = factor;
    if (factor === 1) this.forgive();
    return this.#apply(reason);
  }

  /** Starts afresh at the agent's own full pace; says what changed, `null` if nothing did. */
  forgive(): Tuned | null {
    const wasSlow = this.#pace.factor > 1;
    this.#pace = FULL_PACE;
    if (this.#settledMs !== Infinity) this.start();
    this.#wellbeing.judge("tuning", "ok");
    return wasSlow ? this.#apply("restored") : null;
  }

  get #factor(): number {
    return Math.max(this.#pace.factor, this.#askedFactor);
  }

  #apply(reason: string | undefined): Tuned {
    const factor = this.#factor;
    this.#sampler.setPace({ factor });
    return { factor, poll_interval_s: this.#sampler.paceMs / 1000, ...(reason === undefined ? {} : { reason }) };
  }

  #overload(reason: string, metrics: Metrics): void {
    this.#giveUp();
    this.#wellbeing.judge("tuning", "overload", `${reason}; sampling is off until the collector asks for it`);
    this.#wellbeing.tell({ metrics });
  }
}
