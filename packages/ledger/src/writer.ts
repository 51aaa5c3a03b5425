import { Batch } from "./batch.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { Committer, type CommitterOptions } from "./committer.ts";
import type { Head } from "./entry.ts";
import { type EraserOptions, erase } from "./eraser.ts";
import type { Erased, Ledger, LedgerFault, NewRecord, PackReport } from "./ledger.ts";
import { LedgerError } from "./ledger-error.ts";
import { packDays } from "./packing.ts";
import { dayOf } from "./part-name.ts";
import { RecordLines } from "./record-line.ts";
import { Slabs } from "./slabs.ts";
import type { Turns } from "./turns.ts";

const DAY_MS = 86_400_000;
/** A clock that goes back by less is slewed, or the record waited a moment; the day file goes on. */
const STEP_BACK_MS = 1000;

export interface WriterOptions
  extends Pick<CommitterOptions, "parts" | "commits" | "fileSystem" | "headFile" | "head" | "clock"> {
  readonly collectorId: string;
  readonly directory: string;
  readonly signFile: EraserOptions["signFile"];
  readonly erasureOf: EraserOptions["erasureOf"];
  /** Whatever changes files of earlier days: one job at a time. */
  readonly turns: Turns;
  readonly committedSeq: number;
  /** Wall clock of the last commit on the disk; 0 when there is none. */
  readonly lastCommitAtMs: number;
  readonly commitWindowMs: number;
  readonly commitWindowBytes: number;
  readonly checkpoints: (head: () => Head) => Checkpoints;
  readonly onCommit: CommitterOptions["committed"];
  readonly onFault: CommitterOptions["faulted"];
}

/** The one who appends: gathers records into batches and hands those to the committer when the window closes. */
export class LedgerWriter implements Ledger {
  readonly collectorId: string;
  readonly #options: WriterOptions;
  readonly #slabs = new Slabs();
  readonly #lines = new RecordLines(this.#slabs);
  readonly #committer: Committer;
  readonly #checkpoints: Checkpoints;
  #open: Batch | null = null;
  #nextSeq: number;
  #day = "";
  #dayEndMs = 0;
  /** The latest wall clock among the records of the current part. */
  #highMs: number;
  /** Monotonic end of the open window; null while nothing waits in one. */
  #windowEndMs: number | null = null;
  #timer: AbortController | null = null;
  #windowIsOver = false;
  #closing: Promise<void> | null = null;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.collectorId = options.collectorId;
    this.#nextSeq = options.committedSeq + 1;
    this.#highMs = options.lastCommitAtMs;
    this.#committer = new Committer({
      ...options,
      committed: (batch, commit) => {
        this.#slabs.release(batch);
        this.#checkpoints.due();
        options.onCommit(batch, commit);
      },
      faulted: options.onFault,
      idle: () => this.#commitIfDue(),
    });
    this.#checkpoints = options.checkpoints(() => this.#committer.head);
  }

  get nextSeq(): number {
    return this.#nextSeq;
  }

  get committedSeq(): number {
    return this.#committer.committedSeq;
  }

  get head(): Head {
    return this.#committer.head;
  }

  get fault(): LedgerFault | null {
    return this.#committer.fault;
  }

  get uncommittedBytes(): number {
    return (this.#open?.bytes ?? 0) + this.#committer.queuedBytes;
  }

  /** Days before this one get no more records: nothing of them is waiting, and the clock is past them. */
  closedBefore(): string {
    const today = dayOf(this.#options.clock.wallMs());
    const waiting = [this.#open?.day ?? today, this.#committer.oldestDay ?? today];
    return waiting.reduce((oldest, day) => (day < oldest ? day : oldest), today);
  }

  append(record: NewRecord): number {
    if (this.#closing !== null) throw new LedgerError("closed", "The ledger is closed; nothing can be appended.");
    const batch = this.#batchAt(record.receivedAtMs ?? this.#options.clock.wallMs());
    this.#lines.add(batch, record);
    this.#nextSeq = batch.seqTo + 1;
    if (this.#windowEndMs === null) this.#openWindow();
    if (batch.bytes >= this.#options.commitWindowBytes) this.#commitIfDue();
    return batch.seqTo;
  }

  commit(): Promise<void> {
    // Beside a commit under way the next one gathers whatever else comes until it can start.
    this.#windowIsOver = true;
    this.#commitIfDue();
    return this.#committer.reached(this.#nextSeq - 1);
  }

  async checkpoint(): Promise<void> {
    await this.commit();
    await this.#checkpoints.sign();
  }

  erase(seq: number, record: (leaf: string) => NewRecord): Promise<Erased> {
    return this.#options.turns.run(() => erase(this.#options, this, seq, record));
  }

  pack({ before }: { readonly before: string }): Promise<PackReport> {
    const { fileSystem, directory, turns } = this.#options;
    return turns.run(() => packDays(fileSystem, directory, before));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      // A try under way when the stop came may fail on what is over by now: the last word is a try of its own.
      await this.commit().catch(() => this.commit());
      await this.#checkpoints.signLast();
    } finally {
      this.#timer?.abort();
      await this.#options.turns.over();
      await this.#committer.close();
      await this.#checkpoints.close();
      await this.#options.parts.close();
      await this.#options.commits.close();
    }
  }

  /** The batch a record received at `wallMs` belongs to. */
  #batchAt(wallMs: number): Batch {
    const stepBack = wallMs < this.#highMs - STEP_BACK_MS;
    if (stepBack || wallMs >= this.#dayEndMs) {
      this.#seal();
      this.#dayEndMs = (Math.floor(wallMs / DAY_MS) + 1) * DAY_MS;
      this.#day = dayOf(wallMs);
      this.#highMs = wallMs;
    } else if (wallMs > this.#highMs) this.#highMs = wallMs;
    this.#open ??= new Batch(this.#nextSeq, this.#day, stepBack);
    return this.#open;
  }

  #openWindow(): void {
    const { clock, commitWindowMs } = this.#options;
    this.#windowEndMs = clock.ticksMs() + commitWindowMs;
    if (this.#timer === null) this.#wait(commitWindowMs);
  }

  /** One timer for many windows: in a flood they are full long before it fires. */
  #wait(delayMs: number): void {
    const { clock } = this.#options;
    this.#timer = new AbortController();
    const fired = () => {
      this.#timer = null;
      if (this.#windowEndMs === null) return;
      const leftMs = this.#windowEndMs - clock.ticksMs();
      if (leftMs > 0) return this.#wait(leftMs);
      this.#windowIsOver = true;
      this.#commitIfDue();
    };
    clock.after(delayMs, fired, this.#timer.signal);
  }

  /** One commit at a time: while one is under way the next batch grows. */
  #commitIfDue(): void {
    const isFull = (this.#open?.bytes ?? 0) >= this.#options.commitWindowBytes;
    if (this.#committer.isIdle && (isFull || this.#windowIsOver)) this.#seal();
  }

  /** Closes the window and hands over what was gathered. */
  #seal(): void {
    this.#windowEndMs = null;
    this.#windowIsOver = false;
    const batch = this.#open;
    this.#open = null;
    if (batch === null || batch.bytes === 0) return;
    batch.sealedAtMs = this.#options.clock.wallMs();
    this.#committer.enqueue(batch);
  }
}
