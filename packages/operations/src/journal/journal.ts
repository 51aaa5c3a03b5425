import type { EvidenceRecord } from "@mimolo/protocol";
import {
  createRecordWriter,
  type Noted,
  type ObservedMessage,
  type Origin,
  type RecordWriter,
  type SequenceMarks,
  erasureRecord,
} from "@mimolo/evidence";
import type { Erased, Ledger, RecoveryReport } from "@mimolo/ledger";
import { CollectorError } from "../error.ts";
import { CommitNews } from "./commit-news.ts";
import type { EvidenceSource } from "./evidence-lane.ts";
import type { JournalOptions } from "./journal-options.ts";
import { Known } from "./known.ts";
import { LivingTimeline } from "./living-timeline.ts";
import { members } from "./members.ts";
import type { MessageEntry } from "./message-entry.ts";
import { openEvidence } from "./open-evidence.ts";
import { repairsOf } from "./repairs.ts";
import { Waiting } from "./waiting.ts";

/** What is kept of a record beside its line until it is committed: part of what it costs to wait. */
const NOTE_BYTES = 64;
/** A few milliseconds of folding. */
const SLICE = 2_000;

type DataOf<Kind extends EvidenceRecord["kind"]> = Extract<EvidenceRecord, { kind: Kind; data: unknown }>["data"];

/** Evidence in, timeline out: writes records to the ledger and, once they are durable, folds them into segments. */
export class Journal {
  readonly ledger: Ledger;
  readonly recovery: RecoveryReport;
  readonly commits: CommitNews;
  readonly #options: JournalOptions;
  readonly #writer: RecordWriter;
  readonly #timeline: LivingTimeline;
  readonly #known = new Known();
  readonly #waiting = new Waiting();
  #foldedSeq = 0;

  private constructor(options: JournalOptions, opened: { ledger: Ledger; recovery: RecoveryReport }) {
    this.#options = options;
    this.ledger = opened.ledger;
    this.recovery = opened.recovery;
    this.commits = new CommitNews(opened.ledger, options.clock);
    this.#writer = createRecordWriter(this.ledger, options.clock);
    this.#timeline = new LivingTimeline({
      directory: options.directory.evidence,
      collectorId: opened.ledger.collectorId,
      clock: options.clock,
      events: options.events,
      isSettled: () => this.#waiting.isEmpty,
    });
  }

  /** Opens the ledger, mends a torn tail, and folds what is already there. */
  static async open(options: JournalOptions): Promise<Journal> {
    const { evidence } = options.directory;
    const holder: { journal?: Journal } = {};
    const opened = await openEvidence(options, () => {
      holder.journal?.commits.tell();
      holder.journal?.foldSome();
    });
    const journal = new Journal(options, opened);
    holder.journal = journal;
    options.events.on("segment:closed", () => journal.commits.soon());
    await journal.#timeline.replay(journal.#known.passing(evidence, options.artifacts));
    journal.#foldedSeq = journal.ledger.committedSeq;
    return journal;
  }

  /** Records in the ledger, those not yet committed included. */
  get records(): number {
    return this.#known.records;
  }

  /** The newest record that is durable and folded into the timeline. */
  get foldedSeq(): number {
    return this.#foldedSeq;
  }

  /** What is settled of every durable stream. */
  get marks(): SequenceMarks {
    return this.#known.marks;
  }

  /** What opening the ledger mended, a sentence each. */
  get repairs(): string[] {
    return [...repairsOf(this.recovery), ...this.#known.damage];
  }

  /** When the newest record found at opening was received; `null` in a new ledger. */
  get lastReceivedMs(): number | null {
    return this.#known.lastReceivedMs;
  }

  hasImports(source: string): boolean {
    return this.#known.imported.has(source);
  }

  /** Keeps an agent's message and answers its `seq`. While too much waits for the disk, `source` is paused. */
  message(entry: MessageEntry, source: EvidenceSource | null = null): number {
    const { origin, message, receivedAtMs, stream, agentSeq } = entry;
    const before = this.ledger.uncommittedBytes;
    const seq = this.#writer.message(entry);
    this.#options.artifacts?.written(seq, message);
    const { instanceId, agentLabel } = origin;
    const observed = {
      seq,
      instanceId,
      agentLabel,
      stream: stream ?? "",
      agentSeq: agentSeq ?? 0,
      message,
      receivedAtMs,
    };
    this.#known.records++;
    this.#waiting.addMessage(observed, this.#note, source, this.ledger.uncommittedBytes - before + NOTE_BYTES);
    return seq;
  }

  readonly #note = (observed: ObservedMessage): Noted => this.#timeline.noteMessage(observed);

  agentState(data: DataOf<"agent_state">, origin: Origin): void {
    this.#queue({ ...this.#own(this.#writer.agentState(data, origin), "agent_state", data), ...members(origin) });
  }

  policy(data: DataOf<"policy">): void {
    this.#queue(this.#own(this.#writer.policy(data), "policy", data));
  }

  gap(data: DataOf<"gap">): void {
    this.#queue(this.#own(this.#writer.gap(data), "gap", data));
  }

  /** Numbers of an agent's stream that did not come; answers the record's `seq`. */
  missing(data: DataOf<"gap">, origin: Origin, source: EvidenceSource | null): number {
    const before = this.ledger.uncommittedBytes;
    const seq = this.#writer.gap(data, origin);
    const noted = this.#timeline.note({ ...this.#own(seq, "gap", data), ...members(origin) } as EvidenceRecord);
    this.#wait(noted, source, this.ledger.uncommittedBytes - before + NOTE_BYTES);
    return seq;
  }

  clockStep(data: DataOf<"clock_step">): void {
    this.#queue(this.#own(this.#writer.clockStep(data), "clock_step", data));
  }

  importSpan(data: DataOf<"import">): void {
    this.#known.imported.add(data.source);
    this.#queue(this.#own(this.#writer.importSpan(data), "import", data));
  }

  aggregate(data: DataOf<"aggregate">): void {
    this.#queue(this.#own(this.#writer.aggregate(data), "aggregate", data));
  }

  /** A person's word on a stretch of time; resolves with its `seq` once it is durable and the timeline goes by it. Throws
   *  `CollectorError` `waits-for-disk`: it is written, but later. */
  async correct(data: DataOf<"correction">): Promise<number> {
    const seq = this.#writer.correction(data);
    this.#queue(this.#own(seq, "correction", data));
    await this.commit().catch((cause: unknown) => {
      const message = `the correction waits for the disk: ${cause instanceof Error ? cause.message : String(cause)}`;
      const hint = "it is written and counts as soon as there is room; do not say it again";
      throw new CollectorError("waits-for-disk", message, hint, { cause });
    });
    await this.#timeline.exact().catch(() => undefined);
    return seq;
  }

  /** Empties a record where it stands, after a record that says so; resolves once the timeline goes by it. Throws
   *  `LedgerError`. */
  async erase(seq: number, { by, why }: { by: string; why: string }): Promise<Erased> {
    const { clock, events } = this.#options;
    const erased = await this.ledger.erase(seq, (leaf) => erasureRecord({ seq, leaf, by, why }, clock));
    const { leaf, recordSeq } = erased;
    this.#known.records++;
    this.#options.artifacts?.written(recordSeq);
    this.#foldedSeq = this.ledger.committedSeq;
    events.emit("evidence:committed", { through: this.ledger.committedSeq, count: 1 });
    this.#timeline.fold([
      this.#timeline.note(this.#own(recordSeq, "erasure", { seq, leaf, by, why }) as EvidenceRecord),
    ]);
    this.#timeline.tick();
    await this.#timeline.exact().catch(() => undefined);
    return erased;
  }

  /** Makes everything so far durable and folds it. */
  async commit(): Promise<void> {
    await this.ledger.commit();
    this.#fold(Number.POSITIVE_INFINITY);
  }

  get timeline(): LivingTimeline {
    return this.#timeline;
  }

  /** The segments as they stand, with the one that is open. */
  snapshot() {
    return this.#timeline.snapshot();
  }

  /** Last commit, signed checkpoint, files closed. Rejects when records could not be written; it is closed all the same. */
  async close(): Promise<void> {
    this.#timeline.close();
    await this.ledger.close().finally(() => this.#fold(Number.POSITIVE_INFINITY));
  }

  /** Folds what became durable and says so: of very much a slice now, the next in the next turn of the event loop. */
  foldSome(): void {
    const { slice = SLICE } = this.#options;
    if (this.#fold(slice) === slice) setImmediate(() => this.foldSome());
  }

  #fold(most: number): number {
    const through = this.ledger.committedSeq;
    const { events } = this.#options;
    const settled = this.#waiting.settle(through, most, (notes, count) => {
      // A slice in between moves nothing: whoever goes by this number may see a record again, never miss one.
      if (count < most) this.#foldedSeq = through;
      events.emit("evidence:committed", { through, count });
      this.#timeline.fold(notes);
    });
    // The last slice may have been a full one, which cannot know that it is the last.
    if (settled < most) this.#foldedSeq = through;
    if (settled > 0) this.#timeline.tick();
    return settled;
  }

  #queue(record: unknown): void {
    this.#wait(this.#timeline.note(record as EvidenceRecord), null, 0);
  }

  #wait(noted: Noted, source: EvidenceSource | null, bytes: number): void {
    this.#known.records++;
    this.#waiting.add(noted, source, bytes);
  }

  #own(seq: number, kind: EvidenceRecord["kind"], data: object) {
    return { seq, kind, received_at: new Date(this.#options.clock.wallMs()).toISOString(), data };
  }
}
