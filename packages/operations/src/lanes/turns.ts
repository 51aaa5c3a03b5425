import { setImmediate } from "node:timers/promises";

const LONGEST_MS = 8;

/** Cuts long work into turns, so that the process hears everybody else in between. */
export class Turns {
  readonly #nowMs: () => number;
  readonly #others: () => Promise<unknown>;
  #beganMs: number;

  /** `others` resolves when those who wait have had their turn. */
  constructor(nowMs: () => number = () => performance.now(), others: () => Promise<unknown> = () => setImmediate()) {
    this.#nowMs = nowMs;
    this.#others = others;
    this.#beganMs = nowMs();
  }

  /** Asked after each small step. */
  get isOver(): boolean {
    return this.#nowMs() - this.#beganMs > LONGEST_MS;
  }

  async next(): Promise<void> {
    await this.#others();
    this.#beganMs = this.#nowMs();
  }
}
