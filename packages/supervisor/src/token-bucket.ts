/** A rate with a burst of one second's worth. Nothing is refused: what goes beyond it is a debt that time pays off. */
export class TokenBucket {
  readonly #perSecond: number;
  #tokens: number;
  #atMs: number;

  /** `perSecond` 0: no limit. */
  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#atMs = nowMs;
  }

  take(tokens: number, nowMs: number): void {
    this.#refill(nowMs);
    this.#tokens -= tokens;
  }

  /** What was taken and should not have been. */
  giveBack(tokens: number): void {
    this.#tokens = Math.min(this.#perSecond, this.#tokens + tokens);
  }

  /** How long until nothing is owed; 0 if nothing is. */
  debtMs(nowMs: number): number {
    if (this.#perSecond === 0) return 0;
    this.#refill(nowMs);
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#perSecond) * 1_000;
  }

  #refill(nowMs: number): void {
    const passedMs = nowMs - this.#atMs;
    if (passedMs <= 0) return;
    this.#atMs = nowMs;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + (passedMs / 1_000) * this.#perSecond);
  }
}
