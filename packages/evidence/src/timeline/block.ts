import { noteReason } from "./reasons.ts";
import type { Observation } from "./observation.ts";
import type { Span } from "./spans.ts";

/** How many of an instance's blocks may still grow: its stamps may jump to and fro. */
export const GROWING_BLOCKS = 8;

/** Spans of one agent that hang together, as one. The fold makes of it what it made of them: they lie within one cooldown
 *  of each other, under one policy, far from gaps and corrections, and none of them opens a segment. */
export class Block {
  readonly span: Span;
  readonly #span: { endMs: number };
  readonly #source: { atMs: number };
  readonly #reasons = new Map<string, number>();
  #count = 0;

  constructor(first: Span) {
    const source = { ...first.source, kind: "summary" as const, data: null, reason: null, block: this };
    const span = { ...first, source };
    this.span = span;
    this.#span = span;
    this.#source = source;
    this.add(first);
  }

  get observation(): Observation {
    return this.span.source;
  }

  get startMs(): number {
    return this.span.startMs;
  }

  get endMs(): number {
    return this.span.endMs;
  }

  /** How many spans it stands for. */
  get count(): number {
    return this.#count;
  }

  /** Each reason with the start of its first span. */
  get reasons(): Iterable<readonly [string, number]> {
    return this.#reasons;
  }

  /** Takes in a span of the same agent that begins and ends no earlier. */
  add(span: Span): void {
    this.#count += 1;
    this.#span.endMs = span.endMs;
    this.#source.atMs = span.endMs;
    if (span.source.reason !== null) noteReason(this.#reasons, span.source.reason, span.startMs);
  }
}
