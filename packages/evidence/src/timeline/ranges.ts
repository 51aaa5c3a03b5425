import { lowerBound } from "./intervals.ts";

const MOST_RANGES = 10_000;

interface Range {
  readonly fromMs: number;
  toMs: number;
}

/** Time as ranges in order that do not touch. Ranges nearer than `joinMs` become one; where there are too many to keep, the
 *  smallest holes are given up. */
export class Ranges {
  #items: Range[] = [];
  #joinMs: number;

  constructor(joinMs: number) {
    this.#joinMs = joinMs;
  }

  get endMs(): number {
    return this.#items.at(-1)?.toMs ?? Number.NEGATIVE_INFINITY;
  }

  add(fromMs: number, toMs: number): void {
    const first = lowerBound(this.#items, (range) => range.toMs < fromMs - this.#joinMs);
    const known = this.#items[first];
    if (known !== undefined && known.fromMs <= fromMs && first === this.#items.length - 1) {
      known.toMs = Math.max(known.toMs, toMs);
      return;
    }
    let end = first;
    while ((this.#items[end]?.fromMs ?? Number.POSITIVE_INFINITY) <= toMs + this.#joinMs) end += 1;
    const met = this.#items.slice(first, end);
    const range = {
      fromMs: Math.min(fromMs, ...met.map((one) => one.fromMs)),
      toMs: Math.max(toMs, ...met.map((one) => one.toMs)),
    };
    this.#items.splice(first, end - first, range);
    if (this.#items.length > MOST_RANGES) this.#coarsen();
  }

  /** True when some range holds a moment of [fromMs, toMs], borders included. */
  touches(fromMs: number, toMs: number): boolean {
    const range = this.#items[lowerBound(this.#items, (one) => one.toMs < fromMs)];
    return range !== undefined && range.fromMs <= toMs;
  }

  /** True when some range and [fromMs, toMs] share more than a moment. */
  shares(fromMs: number, toMs: number): boolean {
    const range = this.#items[lowerBound(this.#items, (one) => one.toMs <= fromMs)];
    return range !== undefined && range.fromMs < toMs;
  }

  #coarsen(): void {
    const items = this.#items;
    while (this.#items.length > MOST_RANGES / 2) {
      this.#joinMs = Math.max(1, this.#joinMs * 2);
      this.#items = [];
      for (const range of items) {
        const last = this.#items.at(-1);
        if (last !== undefined && range.fromMs <= last.toMs + this.#joinMs) last.toMs = range.toMs;
        else this.#items.push({ ...range });
      }
    }
  }
}
