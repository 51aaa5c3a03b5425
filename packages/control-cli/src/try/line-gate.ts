const WINDOW_MS = 1000;

/** Lets so many lines a second through to a terminal, and counts the others. */
export class LineGate {
  readonly #most: number;
  #windowMs = -Infinity;
  #passed = 0;
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** `held`: how many were held back until now, told once. */
  take(atMs: number): { readonly isOpen: boolean; readonly held: number } {
    if (atMs - this.#windowMs >= WINDOW_MS) {
      this.#windowMs = atMs;
      this.#passed = 0;
    }
    this.#passed += 1;
    if (this.#passed > this.#most) {
      this.#held += 1;
      return { isOpen: false, held: 0 };
    }
    return { isOpen: true, held: this.rest() };
  }

  rest(): number {
    const held = this.#held;
    this.#held = 0;
    return held;
  }
}
