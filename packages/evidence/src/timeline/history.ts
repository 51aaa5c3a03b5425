import type { InfrequentEntry } from "@mimolo/protocol";
import { labelUnder, type Policy, PolicyBook, policyOf } from "../policy.ts";
import { SeqSet } from "../seq-set.ts";
import { AggregateBook } from "./aggregate.ts";
import type { Block } from "./block.ts";
import { Condensed, type Joinable } from "./condensed.ts";
import { type Correction, correctionOf } from "./corrections.ts";
import type { Fact, Noted } from "./fact.ts";
import type { FoldRules } from "./fold.ts";
import { closes, cut, type Gap, gapOf } from "./gaps.ts";
import { emptied, type Interval, IntervalList } from "./intervals.ts";
import type { Marks } from "./marks.ts";
import type { Observation } from "./observation.ts";
import { type Span, spanOf } from "./spans.ts";
import { compareTimes, Summaries } from "./summaries.ts";

/** The set of facts behind a timeline, told in any order: compact, without the records' bytes. */
export class History implements FoldRules, Joinable {
  readonly #seen = new SeqSet();
  readonly #erased = new Set<number>();
  readonly #policies = new PolicyBook();
  readonly #imports = new Map<string, Observation>();
  readonly #condensed = new Condensed();
  readonly #summaries = new Summaries((observation) => this.#condensed.lastBefore(observation));
  #observations: Observation[] = [];
  /** Those at the front of `#observations` that were looked at and are kept as they are. */
  #settled = 0;
  #latestMs = Number.NEGATIVE_INFINITY;
  #isLoose = false;
  /** Gaps of the collector itself; what one agent missed hinders nobody else. */
  readonly gaps = new IntervalList<Gap>(seqOf);
  readonly corrections = new IntervalList<Correction>(seqOf);
  readonly aggregates = new AggregateBook();

  readonly policyAt = this.#policies.at;

  /** Takes a record in, once however often it comes; `null` when the timeline is none the wiser. */
  add(record: Noted): Fact | null {
    if (!this.#seen.add(record.seq) || this.#erased.has(record.seq)) return null;
    switch (record.kind) {
      case "observation":
        return this.#observe(record.observation);
      case "policy":
        return this.#rule(policyOf(record));
      case "gap":
        return this.#miss(gapOf(record));
      case "correction":
        return this.#obey(correctionOf(record));
      case "aggregate":
        return this.aggregates.add(record) ? { kind: "aggregate", question: record.data } : null;
      case "erasure":
        return this.#erase(record.data.seq);
      case "nothing":
        return null;
    }
  }

  /** The records that are empty now. */
  get erased(): ReadonlySet<number> {
    return this.#erased;
  }

  /** Observations that may be condensed. */
  get recent(): number {
    return this.#observations.length - this.#settled;
  }

  /** What is left of condensed witnesses. */
  get marks(): Marks {
    return this.#condensed.marks;
  }

  /** True when something came that asks for details which are condensed: the timeline is near, no more. */
  get isLoose(): boolean {
    return this.#isLoose;
  }

  /** Condenses all but the newest `keep` observations, `openers` and what has data or causes of its own; says which are gone
   *  and, where it is more than a mark, into what block. Infrequent events, which no segment needs, are forgotten. */
  condense(keep: number, openers: ReadonlySet<Observation>): Map<Observation, Block | null> {
    const end = this.#observations.length - keep;
    const old = this.#observations.slice(this.#settled, end);
    const inTime = old.toSorted(compareTimes);
    const spans = new Map<Observation, Span>();
    for (const observation of inTime) {
      const span = openers.has(observation) ? null : this.#plainSpan(observation);
      if (span !== null) spans.set(observation, span);
    }
    this.#summaries.remember(this.#observations, spans);
    const gone = new Map<Observation, Block | null>();
    for (const [observation, span] of spans) gone.set(observation, this.#condensed.add(span, this));
    for (const observation of inTime) {
      if (!this.#isInfrequent(observation)) continue;
      this.#condensed.forget(observation);
      gone.set(observation, null);
    }
    this.#summaries.removeAll(gone);
    const kept = old.filter((one) => !gone.has(one));
    const before = this.#observations;
    this.#observations = [...before.slice(0, this.#settled), ...kept, ...before.slice(end)];
    this.#settled += kept.length;
    spans.clear();
    for (const list of [old, inTime, before]) emptied(list);
    return gone;
  }

  /** See `Joinable`. */
  plain({ startMs, endMs }: Interval, silenceMs: number): boolean {
    const { gaps, corrections } = this;
    if (!this.#policies.steady(startMs, endMs) || silenceMs > this.policyAt(endMs).cooldownMs) return false;
    if (gaps.isEmpty && corrections.isEmpty) return true;
    return gaps.touching(startMs, endMs).length === 0 && corrections.touching(startMs, endMs).length === 0;
  }

  // The span of an observation that is nothing but a time of work, or of presence.
  #plainSpan(observation: Observation): Span | null {
    if (observation.kind === "import") return null;
    const spans = this.spansOf(observation);
    const span = spans[0];
    if (span === undefined || spans.length > 1 || span.cutBy !== null || span.dataHeader !== null) return null;
    return this.plain(span, 0) ? span : null;
  }

  closingGaps(fromMs: number, toMs: number): Gap[] {
    if (this.gaps.isEmpty) return [];
    return this.gaps.touching(fromMs, toMs).filter((gap) => closes(gap, this.policyAt));
  }

  hasOneCooldown(fromMs: number, toMs: number): boolean {
    return this.#policies.hasOneCooldown(fromMs, toMs);
  }

  /** The spans of an observation as things stand now: cut by closing gaps, none for an infrequent event. */
  spansOf(observation: Observation): Span[] {
    if (observation.block !== null) return [observation.block.span];
    const span = spanOf(observation, this.policyAt, this.#summaries.beforeMs(observation));
    if (span === null) return [];
    return span.resetting && !this.gaps.isEmpty ? cut(span, this.closingGaps(span.startMs, span.endMs)) : [span];
  }

  /** The entry an infrequent event makes; `null` for everything else. */
  entryOf(observation: Observation): InfrequentEntry | null {
    if (!this.#isInfrequent(observation)) return null;
    const { seq, label, atMs, reason, data } = observation;
    return { at: new Date(atMs).toISOString(), seq, label, event: reason ?? "", ...(data === null ? {} : { data }) };
  }

  #isInfrequent({ kind, label, atMs }: Observation): boolean {
    return kind === "event" && labelUnder(this.policyAt(atMs), label).infrequent;
  }

  /** The summary whose span ends where this one's begins, if that one says no interval itself. */
  follower(observation: Observation): Observation | null {
    if (observation.kind !== "summary") return null;
    const next = this.#summaries.after(observation);
    return next !== undefined && next.coversMs === null ? next : null;
  }

  /** Every observation that counts: of imports with one external id only the first recorded. */
  *observations(): Iterable<Observation> {
    for (const { observation } of this.#condensed.blocks) yield observation;
    for (const observation of this.#observations) {
      const { importKey } = observation;
      if (importKey === null || this.#imports.get(importKey) === observation) yield observation;
    }
  }

  #rule(policy: Policy | null): Fact | null {
    if (policy === null) return null;
    const fromMs = this.#policies.add(policy);
    this.#loosen(fromMs, Number.POSITIVE_INFINITY);
    return fromMs <= this.#latestMs ? { kind: "upheaval" } : null;
  }

  #miss(gap: Gap | null): Fact | null {
    if (gap === null || gap.instanceId !== null) return null;
    this.gaps.add(gap);
    this.#loosen(gap.startMs, gap.endMs);
    this.#latestMs = Math.max(this.#latestMs, gap.startMs);
    return { kind: "gap", gap };
  }

  #obey(correction: Correction | null): Fact | null {
    if (correction === null) return null;
    this.corrections.add(correction);
    this.#loosen(correction.startMs, correction.endMs);
    this.#latestMs = Math.max(this.#latestMs, correction.endMs);
    return { kind: "correction", correction };
  }

  #observe(observation: Observation | null): Fact | null {
    if (observation === null) return null;
    if (this.#condensed.hides(observation)) this.#isLoose = true;
    this.#observations.push(observation);
    this.#latestMs = Math.max(this.#latestMs, observation.atMs);
    if (observation.kind === "summary") this.#summaries.add(observation);
    if (observation.importKey === null) return { kind: "observation", observation, instead: null };
    const known = this.#imports.get(observation.importKey) ?? null;
    if (known !== null && known.seq < observation.seq) return null;
    this.#imports.set(observation.importKey, observation);
    return { kind: "observation", observation, instead: known };
  }

  #loosen(fromMs: number, toMs: number): void {
    if (this.#condensed.touches(fromMs, toMs)) this.#isLoose = true;
  }

  #erase(seq: number): Fact | null {
    this.#erased.add(seq);
    if (this.#condensed.mayHold(seq) || this.#summaries.rememberMore) this.#isLoose = true;
    const gone = this.#observations.find((observation) => observation.seq === seq);
    if (gone === undefined) {
      const books = [this.gaps, this.corrections, this.#policies, this.aggregates];
      if (!books.some((book) => book.remove(seq))) return null;
      // What is condensed was read under it.
      this.#loosen(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      return { kind: "upheaval" };
    }
    const at = this.#observations.indexOf(gone);
    this.#observations = this.#observations.toSpliced(at, 1);
    if (at < this.#settled) this.#settled -= 1;
    if (gone.kind === "summary") this.#summaries.remove(gone);
    if (gone.importKey !== null && this.#imports.get(gone.importKey) === gone) this.#nextImport(gone.importKey);
    return { kind: "upheaval" };
  }

  #nextImport(key: string): void {
    const rest = this.#observations.filter((observation) => observation.importKey === key);
    const first = rest.toSorted((a, b) => a.seq - b.seq)[0];
    if (first === undefined) this.#imports.delete(key);
    else this.#imports.set(key, first);
  }
}

function seqOf(item: { readonly seq: number }): number {
  return item.seq;
}
