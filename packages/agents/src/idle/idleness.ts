// From "so long without input" to how long somebody was there, without a screen.

/** What a summary says. Seconds to the millisecond. */
export interface Idleness {
  /** How long there was somebody to tell of it. */
  readonly observed_s: number;
  /** How long the last input was less than `idle_after_s` ago. */
  readonly active_s: number;
  readonly idle_s: number;
  /** ISO-8601 UTC; `null` where it is not known. */
  readonly last_input_at: string | null;
}

/** One look: the last input was `idleMs` before `atMs` by a clock that never jumps, `wallMs` by the calendar. */
export interface Look {
  readonly idleMs: number;
  readonly atMs: number;
  readonly wallMs: number;
}

export class IdleTimes {
  /** A shorter pause is none. */
  idleAfterMs = 0;
  #last: { readonly atMs: number; readonly inputMs: number } | null = null;
  #activeMs = 0;
  #idleMs = 0;
  #lastInputWallMs: number | null = null;
  #firstInputMs: number | null = null;

  /** Whether there was input since the look before. */
  look({ idleMs, atMs, wallMs }: Look): boolean {
    const inputMs = atMs - idleMs;
    const before = this.#last;
    this.#last = { atMs, inputMs };
    this.#lastInputWallMs = wallMs - idleMs;
    if (before === null) return false;
    const took = Math.max(0, atMs - before.atMs);
    const active = this.#activeBetween(before, { atMs, inputMs });
    this.#activeMs += active;
    this.#idleMs += took - active;
    // A look takes its time: what lies within it is the same input.
    const isNew = inputMs > before.inputMs + SAME_INPUT_MS && inputMs > before.atMs - SAME_INPUT_MS;
    if (isNew) this.#firstInputMs ??= inputMs;
    return isNew;
  }

  /** From now on nobody can tell. */
  lose(): void {
    this.#last = null;
    this.#lastInputWallMs = null;
  }

  /** Sums up to the last look, which begin anew; `workMs` is how long ago the first input among them was, `null` without. */
  take(atMs: number): { readonly told: Idleness; readonly workMs: number | null } {
    const lastMs = this.#lastInputWallMs;
    const told: Idleness = {
      observed_s: seconds(this.#activeMs + this.#idleMs),
      active_s: seconds(this.#activeMs),
      idle_s: seconds(this.#idleMs),
      last_input_at: lastMs === null ? null : new Date(lastMs).toISOString(),
    };
    const workMs = this.#firstInputMs === null ? null : Math.max(0, atMs - this.#firstInputMs);
    this.#activeMs = 0;
    this.#idleMs = 0;
    this.#firstInputMs = null;
    return { told, workMs };
  }

  /** Of the time between two looks, what lies less than `idleAfterMs` behind the input each of them knows. */
  #activeBetween(from: { atMs: number; inputMs: number }, to: { atMs: number; inputMs: number }): number {
    const afterOld = clamp(from.inputMs + this.idleAfterMs, from.atMs, to.atMs);
    const sinceNew = clamp(to.inputMs, afterOld, to.atMs);
    const afterNew = clamp(to.inputMs + this.idleAfterMs, sinceNew, to.atMs);
    return afterOld - from.atMs + (afterNew - sinceNew);
  }
}

const SAME_INPUT_MS = 50;

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function seconds(ms: number): number {
  return Math.round(ms) / 1_000;
}
