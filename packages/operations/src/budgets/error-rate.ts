/** Errors of the last minute, counted in steps of five seconds: bounded however many there are. */

const STEP_MS = 5_000;
const STEPS = 12;

export class ErrorRate {
  readonly #counts = Array.from({ length: STEPS }, () => 0);
  #step = 0;

  /** One more, at `atMs` of a monotonic clock. */
  count(atMs: number): void {
    this.#moveTo(atMs);
    const place = this.#step % STEPS;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** How many there were in the minute before `atMs`. */
  perMinute(atMs: number): number {
    this.#moveTo(atMs);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  #moveTo(atMs: number): void {
    const step = Math.floor(atMs / STEP_MS);
    for (let ahead = Math.min(STEPS, step - this.#step); ahead > 0; ahead--)
      this.#counts[(step - ahead + 1) % STEPS] = 0;
    this.#step = Math.max(this.#step, step);
  }
}
