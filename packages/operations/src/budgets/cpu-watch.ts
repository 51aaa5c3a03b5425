/** The CPU policy for one process, as a pure reducer over its readings: who is over budget is warned and slowed step by step,
 *  who is far over is a breach. Percent of one core, monotonic milliseconds. */
import { averageOver, type CpuHistory, type CpuReading, lastPercent, remember } from "./cpu-history.ts";

export const SOFT_WINDOW_MS = 60_000;
export const MAX_FACTOR = 16;

/** The hard limits: so much of a core for so long. */
export const HARD_LIMITS = [
  { percent: 25, windowMs: 15_000 },
  { percent: 5, windowMs: 300_000 },
] as const;

/** During a declared burst one limit holds, and it is a whole core. */
const INTENSIVE_LIMITS = [{ percent: 100, windowMs: 15_000 }] as const;

export interface CpuWatch {
  readonly intensive: boolean;
  /** Since the process runs, for the hard limits. */
  readonly hard: CpuHistory;
  /** Since its start-up is over, or since it was back under its budget. */
  readonly soft: CpuHistory;
  /** How many times slower it was asked to be; 1 = left alone. */
  readonly factor: number;
  readonly factorSinceMs: number;
  readonly warned: boolean;
}

export interface CpuTick extends CpuReading {
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

/** A process that has just begun to run: nothing is known of it. */
export const newCpuWatch: CpuWatch = {
  intensive: false,
  hard: [],
  soft: [],
  factor: 1,
  factorSinceMs: 0,
  warned: false,
};

/** Takes a reading. A breach is over its limit on the window's average and still so in the last reading: a costly start or a
 *  peak that is over ends nobody. It is found on each reading while it lasts; slowing down waits a full minute between steps. */
export function watchCpu(watch: CpuWatch, tick: CpuTick): { watch: CpuWatch; findings: readonly CpuFinding[] } {
  const reading: CpuReading = { atMs: tick.atMs, cpuMs: tick.cpuMs };
  if (tick.intensive !== watch.intensive) return turned(watch, tick, reading);
  const limits = tick.intensive ? INTENSIVE_LIMITS : HARD_LIMITS;
  const hard = remember(watch.hard, reading, tick.intensive ? INTENSIVE_LIMITS[0].windowMs : HARD_LIMITS[1].windowMs);
  for (const { percent, windowMs } of limits) {
    const average = averageOver(hard, windowMs);
    // Whoever was granted more than a hard limit is not ended for using it.
    const limitPercent = Math.max(percent, tick.budgetPercent);
    if (average === null || average <= limitPercent || (lastPercent(hard) ?? 0) <= limitPercent) continue;
    return { watch: { ...watch, hard }, findings: [{ type: "breach", percent: average, limitPercent, windowMs }] };
  }
  const next = { ...watch, hard };
  return tick.settled && !tick.intensive ? watchBudget(next, tick, reading) : { watch: next, findings: [] };
}

function watchBudget(watch: CpuWatch, tick: CpuTick, reading: CpuReading): ReturnType<typeof watchCpu> {
  const soft = remember(watch.soft, reading, SOFT_WINDOW_MS);
  const percent = averageOver(soft, SOFT_WINDOW_MS);
  if (percent === null) return { watch: { ...watch, soft }, findings: [] };
  if (percent <= tick.budgetPercent)
    return watch.factor > 1 ? restored(watch, reading, percent) : { watch: { ...watch, soft }, findings: [] };
  const waited = watch.factor === 1 || tick.atMs - watch.factorSinceMs >= SOFT_WINDOW_MS;
  if (!waited || watch.factor >= MAX_FACTOR) return { watch: { ...watch, soft }, findings: [] };
  const factor = watch.factor * 2;
  return {
    watch: { ...watch, soft, factor, factorSinceMs: tick.atMs, warned: true },
    findings: [{ type: "throttled", factor, percent, first: !watch.warned }],
  };
}

/** A burst begins or ends: what was used until now is not held against what holds from now. */
function turned(watch: CpuWatch, tick: CpuTick, reading: CpuReading): ReturnType<typeof watchCpu> {
  const fresh: CpuWatch = {
    ...watch,
    intensive: tick.intensive,
    hard: [reading],
    soft: tick.settled ? [reading] : [],
    factor: 1,
  };
  return { watch: fresh, findings: watch.factor > 1 ? [{ type: "restored", percent: null }] : [] };
}

/** Back under its budget; it is judged again by a full minute of its own pace. */
function restored(watch: CpuWatch, reading: CpuReading, percent: number): ReturnType<typeof watchCpu> {
  return { watch: { ...watch, soft: [reading], factor: 1 }, findings: [{ type: "restored", percent }] };
}
