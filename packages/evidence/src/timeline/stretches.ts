import { extend, foldSpans, type FoldRules, joins, reach, type Stretch } from "./fold.ts";
import type { Block } from "./block.ts";
import { emptied, insertSorted, lowerBound } from "./intervals.ts";
import type { Observation } from "./observation.ts";
import { compareSpans, type Span } from "./spans.ts";

/** The part of a timeline that may look different now. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The time of a span. */
export function aroundOf(span: Span): Window {
  return { fromMs: span.startMs, toMs: span.endMs };
}

export interface StretchRules extends FoldRules {
  hasOneCooldown(fromMs: number, toMs: number): boolean;
}

/** The stretches of a timeline while spans come in any order. One that lengthens a stretch, or lies in it, costs a few
 *  comparisons; any other folds again from the stretch before it to where the old folding holds. */
export class Stretches {
  #items: Stretch[] = [];
  readonly #rules: StretchRules;

  constructor(rules: StretchRules) {
    this.#rules = rules;
  }

  get last(): Stretch | undefined {
    return this.#items.at(-1);
  }

  get all(): readonly Stretch[] {
    return this.#items;
  }

  /** Those that touch the range, in order. */
  touching(fromMs: number, toMs: number): Stretch[] {
    return this.#items.slice(this.#firstEndingAt(fromMs), this.#firstStartingAfter(toMs));
  }

  /** Folds everything anew. */
  rebuild(spans: Span[]): void {
    this.#items = foldSpans(spans.toSorted(compareSpans), this.#rules);
  }

  /** The stretch that can take the span in; `null` when that needs more than putting it at its place. */
  homeOf(span: Span): Stretch | null {
    const at = this.#firstStartingAfter(span.startMs) - 1;
    const stretch = this.#items[at];
    const next = this.#items[at + 1];
    const first = stretch?.spans[0];
    const newest = stretch?.spans.at(-1);
    if (stretch === undefined || first === undefined || newest === undefined) return null;
    if (compareSpans(span, first) < 0 || !joins(stretch, span.startMs, this.#rules)) return null;
    const toMs = Math.max(stretch.endMs, span.endMs);
    // One in between may bring a shorter cooldown into force earlier, and so end the stretch before the next.
    if (compareSpans(span, newest) < 0 && !this.#rules.hasOneCooldown(stretch.startMs, toMs)) return null;
    if (next === undefined || toMs === stretch.endMs) return stretch;
    const longer = { ...stretch };
    reach(longer, toMs, this.#rules);
    return joins(longer, next.startMs, this.#rules) ? null : stretch;
  }

  /** Puts a span at its place in the stretch that is its home. */
  take(stretch: Stretch, span: Span): void {
    insertSorted(stretch.spans, span, compareSpans);
    reach(stretch, span.endMs, this.#rules);
  }

  /** The last stretch that begins by then. */
  beginningBy(ms: number): Stretch | undefined {
    return this.#items[this.#firstStartingAfter(ms) - 1];
  }

  /** Takes spans in, and those of `without` out; says what part was folded again. */
  refold(spans: readonly Span[], without: Observation | null, around: Window): Window {
    const fromMs = Math.min(around.fromMs, ...spans.map((span) => span.startMs));
    const toMs = Math.max(around.toMs, ...spans.map((span) => span.endMs));
    const first = Math.max(0, this.#firstStartingAfter(fromMs) - 1);
    let end = this.#firstStartingAfter(toMs);
    const old = this.#items.slice(first, end).flatMap((stretch) => stretch.spans);
    const kept = without === null ? old : old.filter((span) => span.source !== without);
    const folded = foldSpans([...kept, ...spans].toSorted(compareSpans), this.#rules);
    // What follows begins after all of this; once it joins, its own folding holds again.
    const last = folded.at(-1);
    const next = this.#items[end];
    if (last !== undefined && next !== undefined && joins(last, next.startMs, this.#rules)) {
      for (const span of next.spans) extend(last, span, this.#rules);
      end += 1;
    }
    const touched = [...this.#items.slice(first, end), ...folded];
    this.#items.splice(first, end - first, ...folded);
    return {
      fromMs: Math.min(fromMs, ...touched.map((stretch) => stretch.startMs)),
      toMs: Math.max(toMs, ...touched.map((stretch) => stretch.endMs)),
    };
  }

  /** The observations that open a stretch. */
  openers(): Set<Observation> {
    return new Set(this.#items.flatMap(({ spans }) => spans[0]?.source ?? []));
  }

  /** Puts blocks in the place of the spans they stand for. */
  condense(blockOf: ReadonlyMap<Observation, Block | null>): void {
    const blocks = new Set([...blockOf.values()].filter((block) => block !== null));
    const fromMs = [...blocks].reduce((least, block) => Math.min(least, block.startMs), Number.POSITIVE_INFINITY);
    const toMs = [...blocks].reduce((most, block) => Math.max(most, block.endMs), Number.NEGATIVE_INFINITY);
    for (const stretch of this.touching(fromMs, toMs)) {
      const fresh = new Set<Span>();
      const held = new Set<Span>();
      const kept: Span[] = [];
      for (const span of stretch.spans) {
        const block = blockOf.get(span.source);
        if (block === undefined) kept.push(span);
        else if (block !== null) fresh.add(block.span);
        if (span.source.block !== null) held.add(span);
      }
      if (fresh.size === 0) continue;
      const before = stretch.spans;
      stretch.spans = [...kept, ...[...fresh].filter((span) => !held.has(span))].toSorted(compareSpans);
      emptied(before);
    }
  }

  #firstStartingAfter(ms: number): number {
    return lowerBound(this.#items, (stretch) => stretch.startMs <= ms);
  }

  #firstEndingAt(ms: number): number {
    return lowerBound(this.#items, (stretch) => stretch.endMs < ms);
  }
}
