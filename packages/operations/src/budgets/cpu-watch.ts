/** The CPU policy for one process, over its readings: who is over budget is warned and slowed step by step, who is far over is a
 *  breach. Findings are data; nothing is done here. Percent of one core, monotonic milliseconds. */
import type { CpuHistory } from "./cpu-history.ts";

export const SOFT_WINDOW_MS = 60_000;
/** Whoever was within its budget so lately is not slowed down for what came before: the first look at everything costs more than
 *  all later ones. */
const LATELY_MS = 30_000;
export const MAX_FACTOR = 16;

/** The hard limits: so much of a core for so long. */
export const HARD_LIMITS = [
  { percent: 25, windowMs: 15_000 },
  { percent: 5, windowMs: 300_000 },
] as const;

/** The longest window there is. */
export const HISTORY_MS = HARD_LIMITS[1].windowMs;

/** During a declared burst one limit holds, and it is a whole core. */
const INTENSIVE_LIMITS = [{ percent: 100, windowMs: 15_000 }] as const;

export interface CpuTick {
  readonly atMs: number;
  /** What it may use. */
  readonly budgetPercent: number;
  /** Its start-up is over: the soft budget holds. */
  readonly settled: boolean;
  /** It declared a burst, and may. */
  readonly intensive: boolean;
}

export type CpuFinding =
  | { readonly type: "throttled"; readonly factor: number; readonly percent: number; readonly first: boolean }
  | { readonly type: "restored"; readonly percent: number | null }
  | { readonly type: "breach"; readonly percent: number; readonly limitPercent: number; readonly windowMs: number };

/** What watching finds mostly. */
const NOTHING: readonly CpuFinding[] = [];

/** Watches one process while it runs. */
export class CpuWatch {
  readonly #history: CpuHistory;
  /** The hard limits judge what was used since then: since it runs, or since a burst began or ended. */
  #hardSinceMs: number | null = null;
  /** The soft budget: since its start-up is over, or since it was back under its budget. */
  #softSinceMs: number | null = null;
  #intensive = false;
  #factor = 1;
  #factorSinceMs = 0;
  #warned = false;

  /** Judges by the last readings of `history`, which keeps `HISTORY_MS` of them. */
  constructor(history: CpuHistory) {
    this.#history = history;
  }

  /** How many times slower it was asked to be; 1 = left alone. */
  get factor(): number {
    return this.#factor;
  }

  /** Judges the reading that was added just now. A breach is over its limit on the window's average and still so in the last
   *  reading: a costly start or a peak that is over ends nobody. It is found on each reading while it lasts; slowing down waits
   *  a full minute between steps. */
  judge(tick: CpuTick): readonly CpuFinding[] {
    if (tick.intensive !== this.#intensive) return this.#turn(tick);
    this.#hardSinceMs ??= tick.atMs;
    return this.#breach(tick, this.#hardSinceMs) ?? (tick.settled && !tick.intensive ? this.#budget(tick) : NOTHING);
  }

  #breach({ budgetPercent, intensive }: CpuTick, sinceMs: number): readonly CpuFinding[] | null {
    for (const { percent, windowMs } of intensive ? INTENSIVE_LIMITS : HARD_LIMITS) {
      const average = this.#history.averageOver(windowMs, sinceMs);
      // Whoever was granted more than a hard limit is not ended for using it.
      const limitPercent = Math.max(percent, budgetPercent);
      if (average === null || average <= limitPercent || (this.#history.lastPercent ?? 0) <= limitPercent) continue;
      return [{ type: "breach", percent: average, limitPercent, windowMs }];
    }
    return null;
  }

  #budget({ atMs, budgetPercent }: CpuTick): readonly CpuFinding[] {
    this.#softSinceMs ??= atMs;
    const percent = this.#history.averageOver(SOFT_WINDOW_MS, this.#softSinceMs);
    if (percent === null) return NOTHING;
    if (percent <= budgetPercent) return this.#factor > 1 ? this.#restore(atMs, percent) : NOTHING;
    const waited = this.#factor === 1 || atMs - this.#factorSinceMs >= SOFT_WINDOW_MS;
    if (!waited || this.#factor >= MAX_FACTOR) return NOTHING;
    if ((this.#history.averageOver(LATELY_MS) ?? percent) <= budgetPercent) return NOTHING;
    const first = !this.#warned;
    this.#factor *= 2;
    this.#factorSinceMs = atMs;
    this.#warned = true;
    return [{ type: "throttled", factor: this.#factor, percent, first }];
  }

  /** A burst begins or ends: what was used until now is not held against what holds from now. */
  #turn({ atMs, settled, intensive }: CpuTick): readonly CpuFinding[] {
    this.#intensive = intensive;
    this.#hardSinceMs = atMs;
    this.#softSinceMs = settled ? atMs : null;
    const slowed = this.#factor > 1;
    this.#factor = 1;
    return slowed ? [{ type: "restored", percent: null }] : NOTHING;
  }

  /** Back under its budget; it is judged again by a full minute of its own pace. */
  #restore(atMs: number, percent: number): readonly CpuFinding[] {
    this.#softSinceMs = atMs;
    this.#factor = 1;
    return [{ type: "restored", percent }];
  }
}
