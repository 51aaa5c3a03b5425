/** What one process group used of a core, from readings of its CPU time. Pure. */

/** CPU time of a group since its start at a monotonic time, both in milliseconds. */
export interface CpuReading {
  readonly atMs: number;
  readonly cpuMs: number;
}

/** Timers are not exact: a window a little short of its length is full. The average is over the time that really passed. */
const SLACK_MS = 250;

/** Readings of one window, oldest first; at most one of them is older than the window. */
export type CpuHistory = readonly CpuReading[];

/** Adds a reading and forgets what no window of `keepMs` can need. */
export function remember(history: CpuHistory, reading: CpuReading, keepMs: number): CpuHistory {
  const first = history.findLastIndex(({ atMs }) => atMs <= reading.atMs - keepMs + SLACK_MS);
  return [...history.slice(Math.max(0, first)), reading];
}

/** Percent of one core over the last `windowMs`; `null` until the readings span all of it. */
export function averageOver(history: CpuHistory, windowMs: number): number | null {
  const last = history.at(-1);
  const base = last && history.findLast(({ atMs }) => atMs <= last.atMs - windowMs + SLACK_MS);
  return base === undefined || last === undefined ? null : percentBetween(base, last);
}

/** Percent of one core over the last `windowMs`, or over as much as there is; `null` before two readings. */
export function averageSoFar(history: CpuHistory, windowMs: number): number | null {
  const [first, last] = [history[0], history.at(-1)];
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return null;
  return averageOver(history, windowMs) ?? percentBetween(first, last);
}

/** Percent of one core between the last two readings; `null` before there are two. */
export function lastPercent(history: CpuHistory): number | null {
  const [before, last] = [history.at(-2), history.at(-1)];
  return before === undefined || last === undefined ? null : percentBetween(before, last);
}

function percentBetween(from: CpuReading, to: CpuReading): number {
  return (100 * Math.max(0, to.cpuMs - from.cpuMs)) / (to.atMs - from.atMs);
}
