import type { EvidenceRecord, InfrequentEntry } from "@mimolo/protocol";
import { LiveTimeline, type Noted, type ObservedMessage, type Questions, type Timeline } from "@mimolo/evidence";
import type { Clock } from "@mimolo/supervisor";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";
import { announce } from "./announce.ts";
import { rulesFirst } from "./rules-first.ts";

/** Records the timeline holds one by one; older ones are condensed, so that no flood of records grows the collector. */
const DETAIL = 1_000;
/** The same for the second try, where the first did not keep what late records ask for. */
const MORE_DETAIL = 50_000;
/** Between two readings of the whole ledger lie so many times what the last one took. */
const REST_FACTOR = 20;

export interface LivingTimelineOptions {
  /** `evidence/`. */
  readonly directory: string;
  readonly collectorId: string;
  readonly clock: Clock;
  readonly events: Emitter<CollectorEvents>;
  /** Nothing durable waits to be folded, so that time alone may close a segment. */
  readonly isSettled: () => boolean;
}

/** The collector's timeline while it grows: folds what became durable, closes in time, says what changed. What asks for
 *  details of long ago is answered from the ledger. */
export class LivingTimeline {
  readonly #options: LivingTimelineOptions;
  readonly #closed = new AbortController();
  #timeline: LiveTimeline;
  #timer = new AbortController();
  /** Folded while the ledger is read again: the new timeline takes it in, too. */
  #meanwhile: Noted[] | null = null;
  #refolding: Promise<void> | null = null;
  #restUntilMs = 0;

  constructor(options: LivingTimelineOptions) {
    this.#options = options;
    this.#timeline = this.#empty(DETAIL);
  }

  note(record: EvidenceRecord): Noted {
    return this.#timeline.note(record);
  }

  noteMessage(observed: ObservedMessage): Noted {
    return this.#timeline.noteMessage(observed);
  }

  /** Takes in what became durable, in order. */
  fold(notes: Iterable<Noted>): void {
    const folded = this.#meanwhile === null ? notes : [...notes];
    if (this.#meanwhile !== null) this.#meanwhile.push(...folded);
    announce(this.#timeline.addAll(folded), this.#options.events);
    if (this.#timeline.isLoose && this.#options.clock.ticksMs() >= this.#restUntilMs) void this.exact().catch(() => {});
  }

  /** The segments as they stand, with the one that is open. */
  snapshot(): Timeline {
    return this.#timeline.snapshot(this.#options.clock.wallMs());
  }

  /** What monitors are still to be asked after a close. */
  get questions(): Questions {
    return this.#timeline.questions;
  }

  /** See `LiveTimeline`. */
  takeFreshEntries(): InfrequentEntry[] {
    return this.#timeline.takeFreshEntries();
  }

  /** The records whose content was erased. */
  get erased(): ReadonlySet<number> {
    return this.#timeline.erased;
  }

  /** Closes what time has closed, and looks again when the next one may be due. */
  tick(): void {
    const { clock, events, isSettled } = this.#options;
    // What waits for the disk may still belong to the open segment; its commit comes back here.
    if (!isSettled()) return;
    announce(this.#timeline.tick(clock.wallMs()), events);
    this.#timer.abort();
    this.#timer = new AbortController();
    const deadlineMs = this.#timeline.nextDeadlineMs();
    if (deadlineMs === null || this.#closed.signal.aborted) return;
    // A step of the wall clock moves the deadline too: look again at least once a minute.
    const delayMs = Math.min(60_000, Math.max(10, deadlineMs - clock.wallMs() + 1));
    clock.after(delayMs, () => this.tick(), this.#timer.signal);
  }

  /** Folds the records of earlier runs. Segments closed in the past are not news: only what changes from now on is told. */
  async replay(records: AsyncIterable<EvidenceRecord>): Promise<void> {
    await this.#timeline.replay(records);
    // What corrects old records comes long after them: with the rules known first, nothing asks for what is condensed.
    if (this.#timeline.isLoose) this.#timeline = await this.#fromLedger();
    this.#timeline.tick(this.#options.clock.wallMs());
    this.tick();
  }

  /** Resolves when the timeline is the fold of all that is durable: at once, or after a second reading of the ledger where a
   *  record asked for details that were not kept. Rejects when the ledger cannot be read; the timeline then stays near. */
  async exact(): Promise<void> {
    if (!this.#timeline.isLoose || this.#closed.signal.aborted) return;
    this.#refolding ??= this.#refold().finally(() => (this.#refolding = null));
    await this.#refolding;
  }

  close(): void {
    this.#closed.abort();
    this.#timer.abort();
  }

  async #refold(): Promise<void> {
    const { clock, events } = this.#options;
    const startMs = clock.ticksMs();
    this.#meanwhile = [];
    try {
      const fresh = await this.#fromLedger();
      if (this.#closed.signal.aborted) return;
      fresh.addAll(this.#meanwhile);
      announce(fresh.replace(this.#timeline), events);
      this.#timeline = fresh;
      this.tick();
    } finally {
      this.#meanwhile = null;
      const now = clock.ticksMs();
      this.#restUntilMs = now + (now - startMs) * REST_FACTOR;
    }
  }

  async #fromLedger(): Promise<LiveTimeline> {
    const { directory } = this.#options;
    const timeline = this.#empty(DETAIL);
    await timeline.replay(rulesFirst(directory));
    if (!timeline.isLoose) return timeline;
    const larger = this.#empty(MORE_DETAIL);
    await larger.replay(rulesFirst(directory));
    return larger;
  }

  #empty(detail: number): LiveTimeline {
    return new LiveTimeline({ collectorId: this.#options.collectorId, detail });
  }
}
