import { firstReasons, noteReason } from "./reasons.ts";
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
    const { reason, reconstructed, block } = span.source;
    this.#resetting += block?.count ?? 1;
    if (reconstructed) this.#reconstructed = true;
    if (reason !== null) noteReason(this.#reasons, reason, span.startMs);
    for (const [one, atMs] of block?.reasons ?? []) noteReason(this.#reasons, one, atMs);
    this.witness(span);
  }

  /** A span that lies inside and changes nothing. False when the segment looks the same with it. */
  witness(span: Span): boolean {
    const isNew = this.name(span.source.label);
    if (span.dataHeader === null) return isNew;
    this.#events.push(span);
    return true;
  }

  /** A label that was there. False when that was known. */
  name(label: string): boolean {
    const known = this.knows(label);
    if (!known) this.#labels.add(label);
    return !known;
  }

  readonly knows = (label: string): boolean => this.#labels.has(label);

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

  /** In the order in which they first came up, not more than a thousand. */
  get reasons(): string[] {
    return firstReasons(this.#reasons).map(([reason]) => reason);
  }

  /** Monitor events with something to aggregate. */
  get events(): readonly Span[] {
    return this.#events;
  }
}
