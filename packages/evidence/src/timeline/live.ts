import type { EvidenceRecord, InfrequentEntry } from "@mimolo/protocol";
import { type AggregationInput, inputsOf } from "./aggregate.ts";
import { correct } from "./corrections.ts";
import { Display, widen } from "./display.ts";
import type { Stretch } from "./fold.ts";
import { closes, type Gap } from "./gaps.ts";
import { Growth } from "./growth.ts";
import { type Fact, History, type Noted } from "./history.ts";
import { IntervalList, insertSorted } from "./intervals.ts";
import type { Observation, ObservedMessage } from "./observation.ts";
import type { TimelineEvent } from "./revision.ts";
import { type Described, describe, grow, type SegmentFacts, witnessed, withTally } from "./segment.ts";
import type { Span } from "./spans.ts";
import { Stretches, type Window } from "./stretches.ts";
import type { LiveTimelineOptions, Timeline } from "./timeline.ts";

/** A timeline that grows record by record, in any order, and equals the fold of all records it was given, unless `isLoose`. */
export class LiveTimeline {
  readonly #collectorId: string;
  readonly #detail: number;
  readonly #history = new History();
  readonly #stretches = new Stretches(this.#history);
  readonly #display = new Display();
  #facts: SegmentFacts;
  #growing: Growth | null = null;
  #infrequent: InfrequentEntry[] = [];

  constructor(options: LiveTimelineOptions) {
    this.#collectorId = options.collectorId;
    this.#detail = options.detail ?? Number.POSITIVE_INFINITY;
    this.#facts = this.#freshFacts();
  }

  /** What the timeline needs of a record, for `addAll` once the record is durable: a small part of its memory. */
  note(record: EvidenceRecord): Noted {
    return this.#history.note(record);
  }

  /** The same of a message whose record was just written. */
  noteMessage(observed: ObservedMessage): Noted {
    return this.#history.noteMessage(observed);
  }

  /** Takes one record in and says what changed. A record of a `seq` already known changes nothing. */
  add(record: EvidenceRecord): TimelineEvent[] {
    return this.addAll([this.#history.note(record)]);
  }

  /** Takes records in, in order, and says what changed. A segment that only grows is told of once. */
  addAll(notes: Iterable<Noted>): TimelineEvent[] {
    const events: TimelineEvent[] = [];
    for (const noted of notes) {
      const fact = this.#history.add(noted);
      if (fact === null) continue;
      if (!this.#takesQuietly(fact)) events.push(...this.#showGrowth(), ...this.#take(fact));
      this.#condense();
    }
    events.push(...this.#showGrowth());
    return events;
  }

  /** True when a record asked for details that `detail` did not keep: an erasure, correction, gap, policy or summary of long
   *  ago. The timeline is near; only one that is replayed from all records is exact. */
  get isLoose(): boolean {
    return this.#history.isLoose;
  }

  #take(fact: Fact): TimelineEvent[] {
    switch (fact.kind) {
      case "observation":
        return this.#observe(fact.observation, fact.instead);
      case "correction":
        return this.#refresh({ fromMs: fact.correction.startMs, toMs: fact.correction.endMs });
      case "gap":
        return this.#miss(fact.gap);
      case "aggregate":
        return this.#change([...this.#display.all], (shown) => withTally(shown.piece, shown.tally, this.#facts));
      case "upheaval":
        return this.#rebuild();
    }
  }

  /** Takes many records in at once, at far less cost than one by one; says what changed all the same. */
  load(records: Iterable<EvidenceRecord>): TimelineEvent[] {
    for (const record of records) this.#history.add(this.#history.note(record));
    return this.#rebuild();
  }

  /** The same for records that are still being read; keeps none of them. */
  async replay(records: AsyncIterable<EvidenceRecord>): Promise<TimelineEvent[]> {
    const events: TimelineEvent[] = [];
    for await (const record of records) {
      this.#history.add(this.#history.note(record));
      if (this.#history.recent < 2 * this.#detail) continue;
      events.push(...this.#rebuild());
      this.#condense();
    }
    events.push(...this.#rebuild());
    return events;
  }

  /** Closes the open segment once its cooldown has passed. A clock that steps back opens nothing again. */
  tick(nowMs: number): TimelineEvent[] {
    return this.#display.tick(nowMs, this.#stretches.last);
  }

  /** The timeline as it stands at `nowMs`. */
  snapshot(nowMs: number): Timeline {
    const open = this.#display.openAt(nowMs, this.#stretches.last);
    return {
      segments: this.#display.all.filter((shown) => shown !== open && !shown.isTooShort).map(({ segment }) => segment),
      open: open?.segment ?? null,
      infrequent: [...this.#infrequent],
    };
  }

  /** When `tick` has something to close, in ms since the epoch; `null` while nothing is open. */
  nextDeadlineMs(): number | null {
    const last = this.#stretches.last;
    return last === undefined || !this.#display.hasOpen ? null : last.deadlineMs + 1;
  }

  /** What the monitors of a segment have to aggregate; empty for an unknown id. */
  aggregationInputs(segmentId: string): AggregationInput[] {
    const shown = this.#display.all.find(({ segment }) => segment.id === segmentId);
    return shown === undefined ? [] : inputsOf(shown.tally.events);
  }

  #condense(): void {
    if (this.#history.recent < 2 * this.#detail) return;
    const gone = this.#history.condense(this.#detail, this.#stretches.openers());
    this.#facts.witnesses.removeAll((span) => gone.has(span.source));
    this.#stretches.condense(gone);
    gone.clear();
  }

  #observe(observation: Observation, instead: Observation | null): TimelineEvent[] {
    const entry = this.#history.entryOf(observation);
    if (entry !== null) insertSorted(this.#infrequent, entry, compareEntries);
    const spans = this.#history.spansOf(observation);
    const follower = this.#history.follower(observation);
    if (instead === null && follower === null && spans.length === 1) return spans.flatMap((span) => this.#append(span));
    const windows = [
      ...(instead === null ? [] : [this.#exchange(instead, [])]),
      ...(follower === null ? [] : [this.#exchange(follower, this.#history.spansOf(follower))]),
      ...spans.map((span) => this.#place(span)),
    ];
    return this.#refresh(...windows);
  }

  // The way of nearly every record: one more span at the end of the open segment, or a witness inside it.
  #takesQuietly(fact: Fact): boolean {
    if (fact.kind !== "observation" || fact.instead !== null) return false;
    const [span, ...more] = this.#history.spansOf(fact.observation);
    if (span === undefined || more.length > 0 || this.#history.follower(fact.observation) !== null) return false;
    this.#growing ??= this.#growth();
    const growing = this.#growing;
    if (growing === null) return false;
    if (span.resetting) {
      if (!this.#isUncorrected(span, growing) || !this.#stretches.absorb(span)) return false;
      growing.work(span, this.#facts);
      return true;
    }
    if (span.dataHeader !== null || !growing.holds(span)) return false;
    this.#facts.witnesses.add(span);
    growing.witness(span);
    return true;
  }

  /** The last segment, if it is plainly the last stretch; one that is but a moment has too much to learn from the next. */
  #growth(): Growth | null {
    const { last } = this.#display;
    const stretch = this.#stretches.last;
    if (!last || !stretch || last.startMs === last.endMs || !this.#isAsFolded(last, stretch)) return null;
    return new Growth(last, stretch);
  }

  #isUncorrected(span: Span, growing: Growth): boolean {
    const toMs = Math.max(growing.endMs, span.endMs);
    return this.#history.corrections.touching(growing.shown.startMs, toMs).length === 0;
  }

  #showGrowth(): TimelineEvent[] {
    const growing = this.#growing;
    this.#growing = null;
    if (growing === null || !growing.isMore) return [];
    return this.#change([growing.shown], () => growing.described(this.#facts));
  }

  #append(span: Span): TimelineEvent[] {
    if (!span.resetting) {
      this.#facts.witnesses.add(span);
      const before = this.#display.touching(span.startMs, span.endMs);
      return this.#change(before, (shown) => witnessed(shown, span, this.#facts));
    }
    const { last } = this.#display;
    if (!this.#stretches.absorb(span)) return this.#refresh(this.#place(span));
    const stretch = this.#stretches.last;
    if (!last || !stretch || !this.#isAsFolded(last, stretch)) return this.#refresh(aroundOf(span));
    return this.#change([last], () => grow(last, stretch, span, this.#facts));
  }

  #isAsFolded(shown: Described, stretch: Stretch): boolean {
    const toMs = Math.max(shown.endMs, stretch.endMs);
    return shown.piece.stretches[0] === stretch && this.#history.corrections.touching(shown.startMs, toMs).length === 0;
  }

  // Puts a span where it belongs; what it changes is shown afterwards.
  #place(span: Span): Window {
    const around = aroundOf(span);
    if (span.resetting) return this.#stretches.refold([span], null, around);
    this.#facts.witnesses.add(span);
    return around;
  }

  // Puts an observation's spans in the place of those it had.
  #exchange(observation: Observation, spans: readonly Span[]): Window {
    const { atMs, coversMs, seq } = observation;
    const around = { fromMs: atMs - (coversMs ?? this.#history.policyAt(atMs).flushIntervalMs), toMs: atMs };
    if (spans.every((span) => span.resetting)) return this.#stretches.refold(spans, observation, around);
    this.#facts.witnesses.remove(seq);
    for (const span of spans) this.#facts.witnesses.add(span);
    return around;
  }

  #miss(gap: Gap): TimelineEvent[] {
    const touched = this.#stretches.touching(gap.startMs, gap.endMs);
    if (touched.length > 0 && closes(gap, this.#history.policyAt)) return this.#rebuild();
    const before = this.#display.touching(gap.startMs, gap.endMs);
    return this.#change(before, (shown) => withTally(shown.piece, shown.tally, this.#facts));
  }

  #rebuild(): TimelineEvent[] {
    const before = [...this.#display.all];
    const spans: Span[] = [];
    this.#facts = this.#freshFacts();
    this.#infrequent = [];
    for (const observation of this.#history.observations()) {
      const entry = this.#history.entryOf(observation);
      if (entry !== null) this.#infrequent.push(entry);
      for (const span of this.#history.spansOf(observation)) {
        if (span.resetting) spans.push(span);
        else this.#facts.witnesses.add(span);
      }
    }
    this.#infrequent.sort(compareEntries);
    this.#stretches.rebuild(spans);
    const after = this.#described(EVER);
    return this.#display.replace(before, after, this.#stretches.last);
  }

  // Describes anew whatever hangs together with the windows.
  #refresh(...windows: readonly Window[]): TimelineEvent[] {
    const { corrections } = this.#history;
    const fromMs = Math.min(...windows.map((window) => window.fromMs));
    const toMs = Math.max(...windows.map((window) => window.toMs));
    const range = widen({ fromMs, toMs }, (from, to) => [
      ...this.#display.touching(from, to),
      ...this.#stretches.touching(from, to),
      ...corrections.touching(from, to),
    ]);
    const before = this.#display.touching(range.fromMs, range.toMs);
    return this.#display.replace(before, this.#described(range), this.#stretches.last);
  }

  #described({ fromMs, toMs }: Window): Described[] {
    const stretches = this.#stretches.touching(fromMs, toMs);
    const pieces = correct(stretches, this.#history.corrections.touching(fromMs, toMs));
    return pieces.map((piece) => describe(piece, this.#facts));
  }

  #change(before: readonly Described[], how: (shown: Described) => Described): TimelineEvent[] {
    const after = before.map(how);
    if (after.every((shown, index) => shown === before[index])) return [];
    return this.#display.replace(before, after, this.#stretches.last);
  }

  #freshFacts(): SegmentFacts {
    const { gaps, aggregates, policyAt, marks } = this.#history;
    const witnesses = new IntervalList<Span>(seqOf);
    return { collectorId: this.#collectorId, witnesses, marks, gaps, aggregates, policyAt };
  }
}

const EVER: Window = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

function aroundOf(span: Span): Window {
  return { fromMs: span.startMs, toMs: span.endMs };
}

function seqOf(span: Span): number {
  return span.source.seq;
}

function compareEntries(a: InfrequentEntry, b: InfrequentEntry): number {
  if (a.at === b.at) return a.seq - b.seq;
  return a.at < b.at ? -1 : 1;
}
