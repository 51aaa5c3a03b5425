// What was seen since the last summary.

/** One window of observation, as `summarize` gets it. */
export interface Window {
  /** Totals by name. A name counted once is there in every later window, at 0 if nothing came. */
  readonly counts: Readonly<Record<string, number>>;
  /** How often `sample` ran. */
  readonly samples: number;
  /** Wall clock, milliseconds since the Unix epoch. */
  readonly startMs: number;
  readonly endMs: number;
  /** Milliseconds from start to end, whatever the wall clock did meanwhile. */
  readonly lengthMs: number;
  /** Milliseconds from the first observation that saw work to the end; `null` if none did. */
  readonly workMs: number | null;
}

interface Sums {
  readonly totals: Map<string, number>;
  startMs: number;
  startTicksMs: number;
  samples: number;
  notes: number;
  firstWorkTicksMs: number | null;
}

/** Adds up observations; `take` hands over the window so far and begins the next. */
export class Tally {
  readonly #clock: { wallMs(): number; ticksMs(): number };
  readonly #counted = new Set<string>();
  #levels = new Map<string, number>();
  #sums: Sums;
  #last: Sums | null = null;
  #samples = 0;

  constructor(clock: { wallMs(): number; ticksMs(): number }) {
    this.#clock = clock;
    this.#sums = this.#begin();
  }

  /** Observations of work that no summary carries yet. */
  get pending(): number {
    return this.#sums.notes;
  }

  /** Whether a summary now would say something the last one did not. */
  get hasNews(): boolean {
    const isUsed = this.#counted.size > 0 || this.#levels.size > 0;
    return this.#sums.notes > 0 || (!isUsed && this.#sums.samples > 0);
  }

  /** Samples since the start, over all windows. */
  get samples(): number {
    return this.#samples;
  }

  sampled(): void {
    this.#samples += 1;
    this.#sums.samples += 1;
  }

  /** Adds `by` to `name` and returns the window's total; more than 0 is work seen. */
  count(name: string, by: number): number {
    this.#counted.add(name);
    const total = (this.#sums.totals.get(name) ?? 0) + by;
    this.#sums.totals.set(name, total);
    if (by > 0) this.worked();
    return total;
  }

  /** Sets `name` to a level that stays until it is set again; says nothing about work. */
  set(name: string, level: number): void {
    this.#levels.set(name, level);
  }

  /** Notes that there was work just now. */
  worked(): void {
    this.#sums.notes += 1;
    this.#sums.firstWorkTicksMs ??= this.#clock.ticksMs();
  }

  /** Ends the window. */
  take(): Window {
    const sums = this.#sums;
    this.#last = sums;
    this.#sums = this.#begin();
    const counted = [...this.#counted].map((name): [string, number] => [name, sums.totals.get(name) ?? 0]);
    return {
      counts: Object.fromEntries([...counted, ...this.#levels]),
      samples: sums.samples,
      startMs: sums.startMs,
      endMs: this.#clock.wallMs(),
      lengthMs: this.#clock.ticksMs() - sums.startTicksMs,
      workMs: sums.firstWorkTicksMs === null ? null : this.#clock.ticksMs() - sums.firstWorkTicksMs,
    };
  }

  /** The window last taken reached nobody: it goes on. */
  giveBack(): void {
    const last = this.#last;
    if (last === null) return;
    const { totals, samples, notes } = this.#sums;
    for (const [name, total] of totals) last.totals.set(name, (last.totals.get(name) ?? 0) + total);
    last.samples += samples;
    last.notes += notes;
    last.firstWorkTicksMs ??= this.#sums.firstWorkTicksMs;
    this.#sums = last;
    this.#last = null;
  }

  #begin(): Sums {
    return {
      totals: new Map(),
      startMs: this.#clock.wallMs(),
      startTicksMs: this.#clock.ticksMs(),
      samples: 0,
      notes: 0,
      firstWorkTicksMs: null,
    };
  }
}
