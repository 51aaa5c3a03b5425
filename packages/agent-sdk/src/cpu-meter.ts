// What the agent costs, by its own account. The collector meters for itself; this lets an agent see it first.

const WINDOW_MS = 60_000;
/** Percent of one core an agent may use while nobody said otherwise. */
const DEFAULT_BUDGET_PERCENT = 0.1;

/** Percentages are of one core. */
export interface CpuReading {
  /** Since the reading before. */
  readonly recentPercent: number;
  /** Over the last 60 s, or since the agent runs. */
  readonly averagePercent: number;
  readonly budgetPercent: number;
  /** Whether the average is within the budget. */
  readonly isWithin: boolean;
  /** Seconds, in all, for which it was not. */
  readonly overSeconds: number;
}

/** Turns readings of the process's CPU time into percentages. The process's own start is not counted. */
export class CpuMeter {
  budgetPercent = DEFAULT_BUDGET_PERCENT;
  readonly #points: { readonly atMs: number; readonly cpuMs: number }[];
  #overMs = 0;

  constructor(atMs: number, cpuMs: number) {
    this.#points = [{ atMs, cpuMs }];
  }

  /** Reads the meter at `atMs` of a monotonic clock, the process having used `cpuMs` in all. */
  read(atMs: number, cpuMs: number): CpuReading {
    const points = this.#points;
    const last = points.at(-1) ?? { atMs, cpuMs };
    // The oldest point kept is the last one at or before the window's start.
    while (points.length > 1 && (points[1]?.atMs ?? atMs) <= atMs - WINDOW_MS) points.shift();
    const first = points[0] ?? last;
    points.push({ atMs, cpuMs });
    const averagePercent = percent(cpuMs - first.cpuMs, atMs - first.atMs);
    const isWithin = averagePercent <= this.budgetPercent;
    if (!isWithin) this.#overMs += atMs - last.atMs;
    return {
      recentPercent: percent(cpuMs - last.cpuMs, atMs - last.atMs),
      averagePercent,
      budgetPercent: this.budgetPercent,
      isWithin,
      overSeconds: this.#overMs / 1000,
    };
  }
}

function percent(cpuMs: number, elapsedMs: number): number {
  return elapsedMs <= 0 ? 0 : Math.round((cpuMs / elapsedMs) * 1e6) / 1e4;
}
