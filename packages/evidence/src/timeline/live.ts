import type { LineText } from "@mimolo/ledger";
import type { EvidenceRecord, InfrequentEntry } from "@mimolo/protocol";
import type { AggregationInput } from "./aggregate.ts";
import { Entries } from "./entries.ts";
import { closes, type Gap } from "./gaps.ts";
import { Growths } from "./growth.ts";
import type { Fact, Noted } from "./fact.ts";
import { History } from "./history.ts";
import { Notes } from "./notes.ts";
import type { Observation, ObservedMessage } from "./observation.ts";
import { Picture } from "./picture.ts";
import { Questions } from "./questions.ts";
import type { TimelineEvent } from "./revision.ts";
import { type Described, grow, witnessed, withTally } from "./segment.ts";
import type { Span } from "./spans.ts";
import { aroundOf, type Window } from "./stretches.ts";
import type { LiveTimelineOptions, Timeline } from "./timeline.ts";

/** A timeline that grows record by record, in any order, and equals the fold of all records it was given, unless `isLoose`. */
export class LiveTimeline {
  readonly #detail: number;
  readonly #history = new History();
  readonly #notes = new Notes();
  readonly #picture: Picture;
  readonly #growths: Growths;
  /** What monitors are still to be asked after a close. */
  readonly questions: Questions;
  readonly #infrequent = new Entries();

  constructor(options: LiveTimelineOptions) {
    this.#picture = new Picture(options.collectorId, this.#history);
    this.#growths = new Growths(this.#picture);
    this.questions = new Questions(this.#picture, this.#history);
    this.#detail = options.detail ?? Number.POSITIVE_INFINITY;
  }

  /** What the timeline needs of a record, for `addAll` once the record is durable: a small part of its memory. */
  note(record: EvidenceRecord): Noted {
    return this.#notes.of(record);
  }

  /** The same of a message whose record was just written. */
  noteMessage(observed: ObservedMessage): Noted {
    return this.#notes.ofMessage(observed);
  }

  /** Takes one record in and says what changed. A record of a `seq` already known changes nothing. */
  add(record: EvidenceRecord): TimelineEvent[] {
    return this.addAll([this.#notes.of(record)]);
  }

  /** Takes records in, in order, and says what changed. A segment that only grows is told of once. */
  addAll(notes: Iterable<Noted>): TimelineEvent[] {
    const events: TimelineEvent[] = [];
    for (const noted of notes) {
      const fact = this.#history.add(noted);
      if (fact === null) continue;
      if (!this.#takesQuietly(fact)) events.push(...this.#growths.show(), ...this.#take(fact));
      this.#condense();
    }
    events.push(...this.#growths.show());
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
        return this.#picture.refresh({ fromMs: fact.correction.startMs, toMs: fact.correction.endMs });
      case "gap":
        return this.#miss(fact.gap);
      case "aggregate":
        return this.questions
          .holders(fact.question)
          .flatMap((holder) => this.#picture.change([holder], (shown) => this.#toldAnew(shown)));
      case "upheaval":
        return this.#rebuild();
    }
  }

  /** Takes many records in at once, at far less cost than one by one; says what changed all the same. */
  load(records: Iterable<EvidenceRecord>): TimelineEvent[] {
    for (const record of records) this.#history.add(this.#notes.of(record));
    return this.#rebuild();
  }

  /** The same for records that are still being read, one by one or some of their lines at a time; keeps none of them.
   *  Lines that are no records are passed over. */
  async replay(records: AsyncIterable<EvidenceRecord | readonly LineText[]>): Promise<TimelineEvent[]> {
    const events: TimelineEvent[] = [];
    for await (const some of records) {
      for (const one of isSome(some) ? some : [some]) {
        const noted = isLine(one) ? this.#notes.ofLine(one) : this.#notes.of(one);
        if (noted !== null) this.#history.add(noted);
      }
      if (this.#history.recent < 2 * this.#detail) continue;
      events.push(...this.#rebuild());
      this.#condense();
    }
    events.push(...this.#rebuild());
    return events;
  }

  /** Takes the place of `old`, told of the same records, and says what is different. */
  replace(old: LiveTimeline): TimelineEvent[] {
    return this.#picture.display.replaceAll(old.#picture.display, this.#picture.stretches.last);
  }

  /** Closes the open segment once its cooldown has passed. A clock that steps back opens nothing again. */
  tick(nowMs: number): TimelineEvent[] {
    return this.#picture.display.tick(nowMs, this.#picture.stretches.last);
  }

  /** The timeline as it stands at `nowMs`. */
  snapshot(nowMs: number): Timeline {
    const { display, stretches } = this.#picture;
    return { ...display.at(nowMs, stretches.last), infrequent: [...this.#infrequent.all] };
  }

  /** When `tick` has something to close, in ms since the epoch; `null` while nothing is open. */
  nextDeadlineMs(): number | null {
    const last = this.#picture.stretches.last;
    return last === undefined || !this.#picture.display.hasOpen ? null : last.deadlineMs + 1;
  }

  /** Infrequent events that came since this was last asked; may hold later ones that were told before. */
  takeFreshEntries(): InfrequentEntry[] {
    return this.#infrequent.takeFresh();
  }

  /** The records whose content was erased. */
  get erased(): ReadonlySet<number> {
    return this.#history.erased;
  }

  /** What the monitors of a segment have to aggregate; empty for an unknown id. */
  aggregationInputs(segmentId: string): AggregationInput[] {
    return this.questions.inputs(segmentId);
  }

  #condense(): void {
    if (this.#history.recent < 2 * this.#detail) return;
    const gone = this.#history.condense(this.#detail, this.#picture.stretches.openers());
    this.#picture.facts.witnesses.removeAll((span) => gone.has(span.source));
    this.#picture.stretches.condense(gone);
    this.#infrequent.forget(() => Array.from(gone.keys(), ({ seq }) => seq));
    gone.clear();
  }

  #observe(observation: Observation, instead: Observation | null): TimelineEvent[] {
    const entry = this.#history.entryOf(observation);
    if (entry !== null) this.#infrequent.add(entry);
    const spans = this.#history.spansOf(observation);
    const follower = this.#history.follower(observation);
    if (instead === null && follower === null && spans.length === 1) return spans.flatMap((span) => this.#append(span));
    const windows = [
      ...(instead === null ? [] : [this.#exchange(instead, [])]),
      ...(follower === null ? [] : [this.#exchange(follower, this.#history.spansOf(follower))]),
      ...spans.map((span) => this.#place(span)),
    ];
    return this.#picture.refresh(...windows);
  }

  // The way of nearly every record: one more span at the end of a segment or inside it.
  #takesQuietly(fact: Fact): boolean {
    if (fact.kind !== "observation" || fact.instead !== null) return false;
    const spans = this.#history.spansOf(fact.observation);
    const span = spans[0];
    if (span === undefined || spans.length > 1 || this.#history.follower(fact.observation) !== null) return false;
    return this.#growths.takes(span);
  }

  #append(span: Span): TimelineEvent[] {
    if (!span.resetting) {
      this.#picture.facts.witnesses.add(span);
      const before = this.#picture.display.touching(span.startMs, span.endMs);
      return this.#picture.change(before, (shown) => witnessed(shown, span, this.#picture.facts));
    }
    const { stretches } = this.#picture;
    const home = stretches.homeOf(span);
    if (home === null) return this.#picture.refresh(this.#place(span));
    stretches.take(home, span);
    const shown = this.#picture.shownAs(home);
    if (shown === undefined) return this.#picture.refresh(aroundOf(span));
    return this.#picture.change([shown], () => grow(shown, home, span, this.#picture.facts));
  }

  // Puts a span where it belongs; what it changes is shown afterwards.
  #place(span: Span): Window {
    const around = aroundOf(span);
    if (span.resetting) return this.#picture.stretches.refold([span], null, around);
    this.#picture.facts.witnesses.add(span);
    return around;
  }

  // Puts an observation's spans in the place of those it had.
  #exchange(observation: Observation, spans: readonly Span[]): Window {
    const { atMs, coversMs, seq } = observation;
    const around = { fromMs: atMs - (coversMs ?? this.#history.policyAt(atMs).flushIntervalMs), toMs: atMs };
    if (spans.every((span) => span.resetting)) return this.#picture.stretches.refold(spans, observation, around);
    this.#picture.facts.witnesses.remove(seq);
    for (const span of spans) this.#picture.facts.witnesses.add(span);
    return around;
  }

  #miss(gap: Gap): TimelineEvent[] {
    const touched = this.#picture.stretches.touching(gap.startMs, gap.endMs);
    if (touched.length > 0 && closes(gap, this.#history.policyAt)) return this.#rebuild();
    const before = this.#picture.display.touching(gap.startMs, gap.endMs);
    return this.#picture.change(before, (shown) => this.#toldAnew(shown));
  }

  #toldAnew({ piece, tally }: Described): Described {
    return withTally(piece, tally, this.#picture.facts);
  }

  #rebuild(): TimelineEvent[] {
    const entries: InfrequentEntry[] = [];
    const spans: Span[] = [];
    for (const observation of this.#history.observations()) {
      const entry = this.#history.entryOf(observation);
      if (entry !== null) entries.push(entry);
      for (const span of this.#history.spansOf(observation)) spans.push(span);
    }
    this.#infrequent.replaceAll(entries);
    return this.#picture.redraw(spans);
  }
}

function isSome(records: EvidenceRecord | readonly LineText[]): records is readonly LineText[] {
  return Array.isArray(records);
}

function isLine(one: EvidenceRecord | LineText): one is LineText {
  return typeof one === "string" || one instanceof Uint8Array;
}
