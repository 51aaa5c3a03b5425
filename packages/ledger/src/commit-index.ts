import { join } from "node:path";
import { COMMITS, openToRead } from "./commit-log.ts";
import { type CommitEntry, parseEntry } from "./entry.ts";
import { lineChunks } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";

const FIELDS = 8;
/** Records stand in the next commit within its window; a little more where the clock stepped. */
const LATEST_COMMIT_MS = 2000;
const [OFFSET, LENGTH, SEQ_TO, TIME_FROM, TIME_TO, FILE, RECEIVED_FROM, AT] = [0, 1, 2, 3, 4, 5, 6, 7];

/** Where the records of one commit are. */
export interface Block {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** Where commits are and what they span, by the times of their events and by when they were received: `commits.jsonl` as numbers, read once and then only where it has grown. */
export class CommitIndex {
  readonly #fileSystem: FileSystem;
  readonly #path: string;
  readonly #files: string[] = [];
  #numbers = new Float64Array(FIELDS * 1024);
  #length = 0;
  #end = 0;
  #refreshing: Promise<void> = Promise.resolve();
  /** When the commit before was closed; Infinity where there is none. */
  #previousAtMs = Number.POSITIVE_INFINITY;

  constructor(fileSystem: FileSystem, directory: string) {
    this.#fileSystem = fileSystem;
    this.#path = join(directory, COMMITS);
  }

  /** Takes in what was committed since; whole lines only, as a living writer leaves them. A line that is no entry is left
   *  out here; `verifyLedger` names it. */
  refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.catch(() => {}).then(() => this.#refresh());
    return this.#refreshing;
  }

  /** The commits with a `seq` from `firstSeq` on and something that happened or was received in [fromMs, toMs], in order; `block` tells where each is. */
  find(firstSeq: number, fromMs: number, toMs: number): number[] {
    const found: number[] = [];
    for (let at = 0; at < this.#length; at += FIELDS) {
      if (this.#number(at + SEQ_TO) < firstSeq) continue;
      const happened = this.#number(at + TIME_FROM) <= toMs && this.#number(at + TIME_TO) >= fromMs;
      const received = this.#number(at + RECEIVED_FROM) <= toMs && this.#number(at + AT) >= fromMs;
      if (!happened && !received) continue;
      found.push(at);
    }
    return found;
  }

  /** Where a commit that `find` answered has its records. */
  block(found: number): Block {
    const file = this.#files[this.#number(found + FILE)] ?? "";
    return { file, offset: this.#number(found + OFFSET), length: this.#number(found + LENGTH) };
  }

  async #refresh(): Promise<void> {
    const file = await openToRead(this.#fileSystem, this.#path);
    const size = (await file?.size()) ?? 0;
    if (size < this.#end) this.#forget();
    try {
      for await (const { lines } of file === null ? [] : lineChunks(file, this.#end, size)) {
        for (const { bytes, offset } of lines) {
          const entry = parseEntry(bytes.toString());
          if (entry !== null) this.#add(entry);
          this.#end = offset + bytes.length + 1;
        }
      }
    } finally {
      await file?.close();
    }
  }

  /** The file became shorter: it is another one now. */
  #forget(): void {
    [this.#length, this.#end] = [0, 0];
    this.#previousAtMs = Number.POSITIVE_INFINITY;
  }

  #add({ at, file, offset, length, seqTo, timeFrom, timeTo, recovered }: CommitEntry): void {
    if (this.#length + FIELDS > this.#numbers.length) {
      const grown = new Float64Array(this.#numbers.length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    if (this.#files.at(-1) !== file) this.#files.push(file);
    const atMs = Date.parse(at);
    const receivedFromMs = Math.min(this.#previousAtMs, atMs - LATEST_COMMIT_MS);
    this.#previousAtMs = atMs;
    // No event time: in no range of times. A recovered commit may just not know its times: in every range.
    const none = recovered ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    const fromMs = timeFrom === null ? -none : Date.parse(timeFrom);
    const toMs = timeTo === null ? none : Date.parse(timeTo);
    this.#numbers.set(
      [offset, length, seqTo, fromMs, toMs, this.#files.length - 1, receivedFromMs, atMs],
      this.#length,
    );
    this.#length += FIELDS;
  }

  #number(at: number): number {
    return this.#numbers[at] ?? 0;
  }
}
