/** CPU time of a group since its start at a monotonic time, both in milliseconds. */
export interface CpuReading {
  readonly atMs: number;
  readonly cpuMs: number;
}

/** Timers are not exact: a window a little short of its length is full. The average is over the time that really passed. */
const SLACK_MS = 250;

/** What one process group used of a core, from readings of its CPU time. Kept in place, as bare numbers: a thousand agents are
 *  read every five seconds, and a copy of each history was a tenth of all garbage. */
export class CpuHistory {
  readonly #keepMs: number;
  /** Oldest first, one place of each list per reading; at most one of them is older than `keepMs`. */
  readonly #atMs: number[] = [];
  readonly #cpuMs: number[] = [];

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  get length(): number {
    return this.#atMs.length;
  }

  /** Adds a reading and forgets what no window can need. */
  add({ atMs, cpuMs }: CpuReading): void {
    this.#atMs.push(atMs);
    this.#cpuMs.push(cpuMs);
    while (this.#atMs.length > 1 && (this.#atMs[1] ?? atMs) <= atMs - this.#keepMs + SLACK_MS) {
      this.#atMs.shift();
      this.#cpuMs.shift();
    }
  }

  forget(): void {
    this.#atMs.length = 0;
    this.#cpuMs.length = 0;
  }

  /** Percent of one core over the last `windowMs`; `null` until the readings since `sinceMs` span all of it. */
  averageOver(windowMs: number, sinceMs = Number.NEGATIVE_INFINITY): number | null {
    const beganMs = (this.#atMs.at(-1) ?? 0) - windowMs + SLACK_MS;
    let base = this.#atMs.length - 1;
    while (base >= 0 && (this.#atMs[base] ?? 0) > beganMs) base--;
    return (this.#atMs[base] ?? Number.NEGATIVE_INFINITY) < sinceMs ? null : this.#percentSince(base);
  }

  /** Percent of one core over the last `windowMs`, or over as much as there is; `null` before two readings. */
  averageSoFar(windowMs: number): number | null {
    return this.averageOver(windowMs) ?? this.#percentSince(0);
  }

  /** Percent of one core between the last two readings; `null` before there are two. */
  get lastPercent(): number | null {
    return this.#percentSince(this.length - 2);
  }

  #percentSince(base: number): number | null {
    const [fromMs, usedMs] = [this.#atMs[base], this.#cpuMs[base]];
    const [atMs, cpuMs] = [this.#atMs.at(-1), this.#cpuMs.at(-1)];
    if (fromMs === undefined || usedMs === undefined || atMs === undefined || cpuMs === undefined) return null;
    return atMs <= fromMs ? null : (100 * Math.max(0, cpuMs - usedMs)) / (atMs - fromMs);
  }
}
