/** Calls that one agent takes in a second in the long run, and at once. */
const PER_SECOND = 10_000;

/** The rate at which one agent may be called: a burst of a second's worth, then as time goes on. */
export class CallRate {
  #tokens = PER_SECOND;
  #atMs: number;

  constructor(nowMs: number) {
    this.#atMs = nowMs;
  }

  /** False when it was called too often. */
  take(nowMs: number): boolean {
    const passedMs = Math.max(0, nowMs - this.#atMs);
    this.#atMs = nowMs;
    this.#tokens = Math.min(PER_SECOND, this.#tokens + (passedMs / 1_000) * PER_SECOND);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
