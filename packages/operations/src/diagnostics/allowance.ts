/** How much one agent may write: so much at once, and so much per second in the long run. */
export interface AllowanceLimits {
  readonly lines: number;
  readonly linesPerSecond: number;
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

/** A store of lines and bytes that fills up again with time. What does not fit is refused. */
export class Allowance {
  readonly #limits: AllowanceLimits;
  #lines: number;
  #bytes: number;
  #atMs: number;

  constructor(limits: AllowanceLimits, nowMs: number) {
    this.#limits = limits;
    this.#lines = limits.lines;
    this.#bytes = limits.bytes;
    this.#atMs = nowMs;
  }

  /** Takes one line of that size; false when there is not enough. */
  take(bytes: number, nowMs: number): boolean {
    const { lines, linesPerSecond, bytes: most, bytesPerSecond } = this.#limits;
    const passedS = Math.max(0, nowMs - this.#atMs) / 1000;
    this.#atMs = nowMs;
    this.#lines = Math.min(lines, this.#lines + passedS * linesPerSecond);
    this.#bytes = Math.min(most, this.#bytes + passedS * bytesPerSecond);
    if (this.#lines < 1 || this.#bytes < bytes) return false;
    this.#lines -= 1;
    this.#bytes -= bytes;
    return true;
  }
}
