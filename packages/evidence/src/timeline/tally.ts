import type { Span } from "./spans.ts";

/** What the spans of one segment add up to; grows with every span, in whatever order they come. */
export class Tally {
  #resetting = 0;
  #reconstructed = false;
  readonly #labels = new Set<string>();
  readonly #reasons = new Map<string, number>();
  readonly #events: Span[] = [];

  /** A span that opened or extended the segment. */
  work(span: Span): void {
    this.#resetting += 1;
    if (span.source.reconstructed) this.#reconstructed = true;
    const { reason } = span.source;
    if (reason !== null) {
      this.#reasons.set(reason, Math.min(this.#reasons.get(reason) ?? span.startMs, span.startMs));
    }
    this.witness(span);
  }

  /** A span that lies inside and changes nothing. False when the segment looks the same with it. */
  witness(span: Span): boolean {
    const known = this.#labels.has(span.source.label);
    this.#labels.add(span.source.label);
    if (span.dataHeader === null) return !known;
    this.#events.push(span);
    return true;
  }

  /** Resetting spans after the opener. */
  get resets(): number {
    return Math.max(0, this.#resetting - 1);
  }

  get reconstructed(): boolean {
    return this.#reconstructed;
  }

  /** In the order of the alphabet. */
  get labels(): string[] {
    return [...this.#labels].toSorted();
  }

  /** In the order in which they first came up. */
  get reasons(): string[] {
    return [...this.#reasons].toSorted(([a, aMs], [b, bMs]) => aMs - bMs || (a < b ? -1 : 1)).map(([reason]) => reason);
  }

  /** Monitor events with something to aggregate. */
  get events(): readonly Span[] {
    return this.#events;
  }
}
