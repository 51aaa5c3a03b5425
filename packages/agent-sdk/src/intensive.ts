// Bursts an author declares: while one lasts, the agent may cost more than its budget.

export class Bursts {
  readonly #changed: (reason: string) => void;
  readonly #reasons = new Set<{ readonly reason: string }>();

  /** `changed` is called when the first begins and when the last is over. */
  constructor(changed: (reason: string) => void) {
    this.#changed = changed;
  }

  /** Why the agent is intensive now; `null` if it is not. */
  get reason(): string | null {
    for (const { reason } of this.#reasons) return reason;
    return null;
  }

  /** Begins a burst; what it returns ends it, and may be called more than once. */
  begin(reason: string): () => void {
    const burst = { reason };
    this.#reasons.add(burst);
    if (this.#reasons.size === 1) this.#changed(reason);
    return () => {
      if (this.#reasons.delete(burst) && this.#reasons.size === 0) this.#changed(`over: ${reason}`);
    };
  }
}
