// How slowly to sample, judged window by window: strain slows it one step, lasting calm brings it back one step at a time.
// Between the two thresholds of each figure nothing is strained and nothing calm: that keeps the pace from swinging.

/** The slowest an agent makes itself: its pace times this. */
export const SLOWEST_FACTOR = 16;

const LAG_MS = { strained: 500, calm: 100 };
const QUEUE_LINES = { strained: 100, calm: 10 };
const FLUSH_MS = { strained: 2000, calm: 1000 };
/** Of the budget. */
const CPU_SHARE = { strained: 1, calm: 0.5 };
/** Of the time between two samples. A sample within 100 ms is never slow. */
const SAMPLE_SHARE = { strained: 1, calm: 0.5 };
const SWIFT_SAMPLE_MS = 100;

/** A calm window counts four times as much as one that is merely not strained. */
const CALM_CREDIT = 4;
const STEP_CREDIT = 8;
/** A step back that soon proves wrong doubles the wait for the next, up to this. */
const MOST_PATIENCE = 8;
const SOON_WINDOWS = 8;
/** So many strained windows at the slowest pace, and slowing down has not helped. */
const HELPLESS_WINDOWS = 8;

/** What one window of an agent's life was like. */
export interface Strain {
  /** How late heartbeats were, whatever a single one was. */
  readonly lagMs: number;
  /** Lines that wait for the collector. */
  readonly queue: number;
  /** The slowest summary; `null` if none was asked for. */
  readonly flushLatencyMs: number | null;
  /** Percent of one core, over this window and over the last minute. */
  readonly cpuPercent: number;
  readonly cpuAveragePercent: number;
  readonly budgetPercent: number;
  /** The slowest sample, and the time between two. */
  readonly sampleMs: number;
  readonly paceMs: number;
}

export interface Pace {
  /** 1, 2, 4, 8 or 16. */
  readonly factor: number;
  /** Slowing down did not help: the agent should stop sampling. Stays until the pace starts afresh. */
  readonly isOverload: boolean;
  readonly credit: number;
  readonly patience: number;
  readonly sinceLowered: number;
  readonly helpless: number;
}

/** The pace of an agent that nothing is known about. */
export const FULL_PACE: Pace = {
  factor: 1,
  isOverload: false,
  credit: 0,
  patience: 1,
  sinceLowered: SOON_WINDOWS,
  helpless: 0,
};

/** The pace after a window, and why it is another one: `null` where neither factor nor overload changed. */
export function paceAfter(pace: Pace, strain: Strain): { readonly pace: Pace; readonly reason: string | null } {
  if (pace.isOverload) return { pace, reason: null };
  const aged = { ...pace, sinceLowered: Math.min(SOON_WINDOWS, pace.sinceLowered + 1) };
  const reason = strainIn(strain);
  if (reason === null) return eased(aged, isCalm(strain));
  if (pace.factor < SLOWEST_FACTOR) {
    const isSoon = pace.sinceLowered < SOON_WINDOWS;
    const patience = isSoon ? Math.min(MOST_PATIENCE, pace.patience * 2) : pace.patience;
    return { pace: { ...aged, factor: pace.factor * 2, credit: 0, patience, helpless: 0 }, reason };
  }
  const helpless = pace.helpless + (isOwnFault(strain) ? 1 : 0);
  const isOverload = helpless >= HELPLESS_WINDOWS;
  return { pace: { ...aged, credit: 0, helpless, isOverload }, reason: isOverload ? reason : null };
}

function eased(pace: Pace, calm: boolean): { pace: Pace; reason: string | null } {
  const credit = pace.credit + (calm ? CALM_CREDIT : 1);
  const next = { ...pace, helpless: 0, credit };
  if (credit < STEP_CREDIT * pace.patience) return { pace: next, reason: null };
  // Nothing to take back any more: what went wrong before is forgotten.
  if (pace.factor === 1) return { pace: { ...next, credit: 0, patience: 1 }, reason: null };
  return { pace: { ...next, factor: pace.factor / 2, credit: 0, sinceLowered: 0 }, reason: "recovered" };
}

/** What is too much, in words. Both CPU figures must be: the window alone may be chance, the minute alone may be over. */
function strainIn(strain: Strain): string | null {
  const { cpuPercent, cpuAveragePercent, budgetPercent, lagMs, queue, flushLatencyMs, sampleMs, paceMs } = strain;
  if (Math.min(cpuPercent, cpuAveragePercent) > budgetPercent * CPU_SHARE.strained) {
    return `cpu ${thousandths(cpuAveragePercent)} % of a core, budget ${thousandths(budgetPercent)} %`;
  }
  if (lagMs > LAG_MS.strained) return `heartbeats ${Math.round(lagMs)} ms late`;
  if (queue > QUEUE_LINES.strained) return `${queue} lines not read by the collector`;
  if (flushLatencyMs !== null && flushLatencyMs > FLUSH_MS.strained) {
    return `a summary took ${Math.round(flushLatencyMs)} ms`;
  }
  if (sampleMs > Math.max(SWIFT_SAMPLE_MS, paceMs * SAMPLE_SHARE.strained)) {
    return `a sample took ${Math.round(sampleMs)} ms, at a pace of ${Math.round(paceMs)} ms`;
  }
  return null;
}

function isCalm(strain: Strain): boolean {
  const { cpuPercent, cpuAveragePercent, budgetPercent, lagMs, queue, flushLatencyMs, sampleMs, paceMs } = strain;
  return (
    Math.max(cpuPercent, cpuAveragePercent) <= budgetPercent * CPU_SHARE.calm &&
    lagMs <= LAG_MS.calm &&
    queue <= QUEUE_LINES.calm &&
    (flushLatencyMs ?? 0) <= FLUSH_MS.calm &&
    sampleMs <= Math.max(SWIFT_SAMPLE_MS, paceMs * SAMPLE_SHARE.calm)
  );
}

/** A busy machine makes every agent late, and a collector that does not read fills every queue: nobody is to stop sampling
 *  for that. CPU of its own, or lag while its own samples are slow, is another matter. */
function isOwnFault({ cpuPercent, cpuAveragePercent, budgetPercent, lagMs, sampleMs }: Strain): boolean {
  const isBurning = Math.min(cpuPercent, cpuAveragePercent) > budgetPercent * CPU_SHARE.strained;
  return isBurning || (lagMs > LAG_MS.strained && sampleMs > LAG_MS.strained);
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
