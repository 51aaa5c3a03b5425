import type { Stretch } from "./fold.ts";
import { meets } from "./intervals.ts";
import { pieceOf } from "./corrections.ts";
import type { Picture } from "./picture.ts";
import type { TimelineEvent } from "./revision.ts";
import { type Described, type SegmentFacts, withTally } from "./segment.ts";
import type { Span } from "./spans.ts";

/** The segments that take spans in just now: counted as they come, each told of once. */
export class Growths {
  readonly #picture: Picture;
  readonly #of = new Map<Stretch, Growth | null>();

  constructor(picture: Picture) {
    this.#picture = picture;
  }

  /** Takes a span in that lengthens a segment, lies in it, or is a witness inside it; `false` for any other. */
  takes(span: Span): boolean {
    const { stretches, facts } = this.#picture;
    if (!span.resetting) {
      const around = span.dataHeader === null ? stretches.beginningBy(span.startMs) : undefined;
      const growth = around === undefined ? null : this.#growthOf(around);
      if (growth?.holds(span) !== true) return false;
      facts.witnesses.add(span);
      growth.witness(span);
      return true;
    }
    const home = stretches.homeOf(span);
    const growth = home === null ? null : this.#growthOf(home);
    if (home === null || growth === null) return false;
    if (!this.#picture.isUncorrected(growth.shown.startMs, Math.max(growth.endMs, span.endMs))) return false;
    stretches.take(home, span);
    growth.work(span, facts);
    return true;
  }

  /** Shows what has grown, and says what changed by that. */
  show(): TimelineEvent[] {
    const grown = [...this.#of.values()];
    this.#of.clear();
    return grown.flatMap((growth) =>
      growth?.isMore === true ? this.#picture.change([growth.shown], () => growth.described(this.#picture.facts)) : [],
    );
  }

  // One that is but a moment has too much to learn from the next.
  #growthOf(stretch: Stretch): Growth | null {
    const known = this.#of.get(stretch);
    if (known !== undefined) return known;
    const shown = this.#picture.shownAs(stretch);
    const growth = shown === undefined || shown.startMs === shown.endMs ? null : new Growth(shown, stretch);
    this.#of.set(stretch, growth);
    return growth;
  }
}

/** A segment while its stretch takes many spans in: counted as they come, described once at the end. */
class Growth {
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
