import type { Batch } from "./batch.ts";
import { encodeEntry, encodeHead, type Head } from "./entry.ts";
import type { Commit, LedgerFault } from "./ledger.ts";
import { diskError } from "./ledger-error.ts";
import type { LineFile } from "./line-file.ts";
import { sha256Hex } from "./merkle.ts";
import type { PartWriter } from "./part-writer.ts";
import type { Clock, FileSystem } from "./ports.ts";

const RETRY_MS = 1000;

export interface CommitterOptions {
  readonly parts: PartWriter;
  /** `commits.jsonl`. */
  readonly commits: LineFile;
  readonly fileSystem: FileSystem;
  readonly headFile: string;
  readonly head: Head;
  readonly committedSeq: number;
  readonly clock: Clock;
  /** After each commit, once its line is on the disk. */
  readonly committed: (batch: Batch, commit: Commit) => void;
  readonly faulted: (fault: LedgerFault) => void;
  /** Nothing more to do. */
  readonly idle: () => void;
}

interface Waiter {
  readonly seq: number;
  resolve(): void;
  reject(error: unknown): void;
}

/** Takes batches to the disk, one at a time and in order: records written and synced, then the commit line written and
 *  synced. Then they are committed; the head is renamed in beside the records of the next batch, and before its commit line.
 *  What fails stays and is tried again a second later. */
export class Committer {
  readonly #options: CommitterOptions;
  readonly #queue: Batch[] = [];
  #queuedBytes = 0;
  #waiting: Waiter[] = [];
  #head: Head;
  #committedSeq: number;
  #headIsBehind = false;
  #headUnderWay: Promise<void> | null = null;
  #running: Promise<void> | null = null;
  #retry: AbortController | null = null;
  #fault: LedgerFault | null = null;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#head = options.head;
    this.#committedSeq = options.committedSeq;
  }

  get head(): Head {
    return this.#head;
  }

  get committedSeq(): number {
    return this.#committedSeq;
  }

  get fault(): LedgerFault | null {
    return this.#fault;
  }

  get isIdle(): boolean {
    return this.#queue.length === 0;
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** The earliest day among the batches that wait or are under way. */
  get oldestDay(): string | undefined {
    return this.#queue.map((batch) => batch.day).toSorted()[0];
  }

  enqueue(batch: Batch): void {
    this.#queue.push(batch);
    this.#queuedBytes += batch.bytes;
    this.#start();
  }

  /** Resolves once `seq` is committed and the head is up, or cannot be; rejects when the try under way, or the next, fails. */
  reached(seq: number): Promise<void> {
    if (seq <= this.#committedSeq) return this.#headUp().catch(() => {});
    const reached = new Promise<void>((resolve, reject) => this.#waiting.push({ seq, resolve, reject }));
    this.#start();
    return reached;
  }

  /** Ends the try under way and tries no more. */
  async close(): Promise<void> {
    while (this.#running !== null) await this.#running;
    // A head that stays one behind is no fault.
    await this.#headUp().catch(() => {});
    this.#retry?.abort();
    this.#retry = null;
  }

  /** Nothing to commit is fine: the head may be what is left to do. */
  #start(): void {
    if (this.#running !== null) return;
    this.#retry?.abort();
    this.#retry = null;
    this.#running = this.#emptyQueue().then(() => this.#pause());
  }

  async #emptyQueue(): Promise<void> {
    try {
      for (let batch = this.#queue[0]; batch !== undefined; batch = this.#queue[0]) await this.#commit(batch);
    } catch (cause) {
      this.#failed(cause);
    }
  }

  /** The queue is empty, or a retry is due unless someone asked since; the head goes on by itself. */
  #pause(): void {
    this.#running = null;
    const isAsked = this.#waiting.some(({ seq }) => seq > this.#committedSeq);
    if (this.#queue.length > 0 && (this.#retry === null || isAsked)) this.#start();
    else if (this.#retry === null) this.#headUp().catch((cause: unknown) => this.#headFailed(cause));
  }

  /** While a commit is under way, that meets the same and says so. */
  #headFailed(cause: unknown): void {
    if (this.#running === null && this.#retry === null) this.#failed(cause);
  }

  async #commit(batch: Batch): Promise<void> {
    const { parts, commits, committed, idle } = this.#options;
    const { file, offset } = await parts.write(batch);
    // So it is never more than one behind.
    await this.#headUp();
    const hasTime = batch.timeFromMs <= batch.timeToMs;
    const entry = {
      n: this.#head.n + 1,
      at: new Date(batch.sealedAtMs).toISOString(),
      file,
      offset,
      length: batch.bytes,
      seqFrom: batch.seqFrom,
      seqTo: batch.seqTo,
      timeFrom: hasTime ? new Date(Math.floor(batch.timeFromMs)).toISOString() : null,
      timeTo: hasTime ? new Date(Math.ceil(batch.timeToMs)).toISOString() : null,
      root: batch.tree.root(),
      prev: this.#head.hash,
      recovered: false,
    };
    const line = encodeEntry(entry);
    await commits.append(line);
    parts.committed(batch);
    this.#queue.shift();
    this.#queuedBytes -= batch.bytes;
    this.#head = { n: entry.n, hash: sha256Hex(line) };
    this.#committedSeq = batch.seqTo;
    this.#headIsBehind = true;
    this.#fault = null;
    // Should it fail, whoever needs it next tries it again and hears of it.
    const headUp = this.#headUp().catch(() => {});
    const settle = () =>
      this.#settle(
        (waiter) => waiter.seq <= batch.seqTo,
        (waiter) => waiter.resolve(),
      );
    void headUp.then(settle);
    committed(batch, { entry, hash: this.#head.hash });
    if (this.#queue.length === 0) idle();
  }

  /** Resolves when the head file is that of the newest commit. */
  #headUp(): Promise<void> {
    if (!this.#headIsBehind) return Promise.resolve();
    this.#headUnderWay ??= this.#writeHead().finally(() => {
      this.#headUnderWay = null;
    });
    return this.#headUnderWay;
  }

  async #writeHead(): Promise<void> {
    const { fileSystem, headFile } = this.#options;
    try {
      await fileSystem.replace(headFile, Buffer.from(encodeHead(this.#head)));
    } catch (cause) {
      throw diskError("write-failed", headFile, cause);
    }
    this.#headIsBehind = false;
  }

  #failed(cause: unknown): void {
    const { clock, faulted } = this.#options;
    const error = diskError("write-failed", "the ledger", cause);
    this.#fault = { code: error.code, message: error.message, cause: error };
    const retry = new AbortController();
    this.#retry = retry;
    clock.after(RETRY_MS, () => this.#start(), retry.signal);
    this.#settle(
      (waiter) => waiter.seq > this.#committedSeq,
      (waiter) => waiter.reject(error),
    );
    faulted(this.#fault);
  }

  #settle(which: (waiter: Waiter) => boolean, how: (waiter: Waiter) => void): void {
    const [now, later]: [Waiter[], Waiter[]] = [[], []];
    for (const waiter of this.#waiting) (which(waiter) ? now : later).push(waiter);
    this.#waiting = later;
    for (const waiter of now) how(waiter);
  }
}
