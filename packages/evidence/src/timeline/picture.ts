import { correct } from "./corrections.ts";
import { Display, widen } from "./display.ts";
import type { Stretch } from "./fold.ts";
import type { History } from "./history.ts";
import { IntervalList } from "./intervals.ts";
import type { TimelineEvent } from "./revision.ts";
import { type Described, describe, type SegmentFacts } from "./segment.ts";
import type { Span } from "./spans.ts";
import { Stretches, type Window } from "./stretches.ts";

/** The segments as they are shown, and what they are told from: whatever changes there is described anew. */
export class Picture {
  readonly stretches: Stretches;
  readonly display = new Display();
  readonly #collectorId: string;
  readonly #history: History;
  #facts: SegmentFacts;

  constructor(collectorId: string, history: History) {
    this.#collectorId = collectorId;
    this.#history = history;
    this.stretches = new Stretches(history);
    this.#facts = this.#freshFacts();
  }

  get facts(): SegmentFacts {
    return this.#facts;
  }

  /** The segment that is that stretch, whole and uncorrected. */
  shownAs(stretch: Stretch): Described | undefined {
    if (!this.isUncorrected(stretch.startMs, stretch.endMs)) return undefined;
    return this.display.touching(stretch.startMs, stretch.endMs).find(({ piece }) => piece.stretches[0] === stretch);
  }

  isUncorrected(fromMs: number, toMs: number): boolean {
    const { corrections } = this.#history;
    return corrections.isEmpty || corrections.touching(fromMs, toMs).length === 0;
  }

  /** Folds all spans anew and describes all. */
  redraw(spans: Iterable<Span>): TimelineEvent[] {
    const before = [...this.display.all];
    const resetting: Span[] = [];
    this.#facts = this.#freshFacts();
    for (const span of spans) {
      if (span.resetting) resetting.push(span);
      else this.#facts.witnesses.add(span);
    }
    this.stretches.rebuild(resetting);
    return this.display.replace(before, this.#described(EVER), this.stretches.last);
  }

  /** Describes anew whatever hangs together with the windows. */
  refresh(...windows: readonly Window[]): TimelineEvent[] {
    const { corrections } = this.#history;
    const fromMs = Math.min(...windows.map((window) => window.fromMs));
    const toMs = Math.max(...windows.map((window) => window.toMs));
    const range = widen({ fromMs, toMs }, (from, to) => [
      ...this.display.touching(from, to),
      ...this.stretches.touching(from, to),
      ...corrections.touching(from, to),
    ]);
    const before = this.display.touching(range.fromMs, range.toMs);
    return this.display.replace(before, this.#described(range), this.stretches.last);
  }

  /** Shows those segments otherwise; nothing else is touched. */
  change(before: readonly Described[], how: (shown: Described) => Described): TimelineEvent[] {
    const after = before.map(how);
    if (after.every((shown, index) => shown === before[index])) return [];
    return this.display.replace(before, after, this.stretches.last);
  }

  #described({ fromMs, toMs }: Window): Described[] {
    const stretches = this.stretches.touching(fromMs, toMs);
    const pieces = correct(stretches, this.#history.corrections.touching(fromMs, toMs));
    return pieces.map((piece) => describe(piece, this.#facts));
  }

  #freshFacts(): SegmentFacts {
    const { gaps, aggregates, policyAt, marks } = this.#history;
    const witnesses = new IntervalList<Span>(seqOf);
    return { collectorId: this.#collectorId, witnesses, marks, gaps, aggregates, policyAt };
  }
}

const EVER: Window = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

function seqOf(span: Span): number {
  return span.source.seq;
}
