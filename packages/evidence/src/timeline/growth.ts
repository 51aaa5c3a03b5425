import type { Stretch } from "./fold.ts";
import { meets } from "./intervals.ts";
import { pieceOf } from "./corrections.ts";
import type { Picture } from "./picture.ts";
import { type Described, type SegmentFacts, withTally } from "./segment.ts";
import type { Span } from "./spans.ts";

/** The last segment, if it is plainly the last stretch; one that is but a moment has too much to learn from the next. */
export function growthIn(picture: Picture): Growth | null {
  const { last } = picture.display;
  const stretch = picture.stretches.last;
  if (!last || !stretch || last.startMs === last.endMs || !picture.isAsFolded(last, stretch)) return null;
  return new Growth(last, stretch);
}

/** A segment while its stretch takes many spans in: counted as they come, described once at the end. */
export class Growth {
  readonly shown: Described;
  readonly #stretch: Stretch;
  readonly #events: number;
  #endMs: number;
  #isMore = false;

  constructor(shown: Described, stretch: Stretch) {
    this.shown = shown;
    this.#stretch = stretch;
    this.#endMs = shown.endMs;
    this.#events = shown.tally.events.length;
  }

  get endMs(): number {
    return this.#endMs;
  }

  /** True when the segment may look different now. */
  get isMore(): boolean {
    return this.#isMore;
  }

  /** True when the span lies inside and touches no other segment. */
  holds(span: Span): boolean {
    return this.shown.startMs <= span.startMs && span.endMs <= this.#endMs && meets(span, this.#now);
  }

  /** A span that the stretch has taken in already. */
  work(span: Span, { witnesses, marks }: SegmentFacts): void {
    const { tally } = this.shown;
    this.#isMore = true;
    tally.work(span);
    if (this.#stretch.endMs <= this.#endMs) return;
    const before = this.#now;
    this.#endMs = this.#stretch.endMs;
    for (const witness of witnesses.touching(before.endMs, this.#endMs)) {
      if (meets(witness, this.#now) && !meets(witness, before)) tally.witness(witness);
    }
    for (const label of marks.labelsIn(this.#now, tally.knows)) tally.name(label);
  }

  /** A span inside that changes nothing but, perhaps, the labels. */
  witness(span: Span): void {
    if (this.shown.tally.witness(span)) this.#isMore = true;
  }

  /** The segment as it stands now. */
  described(facts: SegmentFacts): Described {
    const { tally, segment } = this.shown;
    const same = tally.events.length === this.#events ? segment.aggregated : undefined;
    return withTally(pieceOf(this.#stretch), tally, facts, same);
  }

  get #now() {
    return { startMs: this.shown.startMs, endMs: this.#endMs };
  }
}
