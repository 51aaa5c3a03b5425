import { CommitIndex } from "./commit-index.ts";
import { cut, seqOf } from "./line-chunks.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { isDamage } from "./part-file.ts";
import { PartReader } from "./part-reader.ts";
import type { FileSystem } from "./ports.ts";
import { type LineText, type Run, RunReader } from "./run-reader.ts";

const READ_AHEAD_BYTES = 256 * 1024;
const READ_AHEAD_COMMITS = 10_000;

/** Which records to read; everything given must hold. */
export interface Range {
  /** Commits with an event, or received, at or after this, epoch milliseconds. */
  readonly fromMs?: number;
  /** Commits with an event, or received, at or before this, epoch milliseconds. */
  readonly toMs?: number;
  /** Records above this `seq`. */
  readonly seqAfter?: number;
  /** Records from this `seq` on. */
  readonly seqFrom?: number;
  /** Records up to this `seq`. */
  readonly seqTo?: number;
}

/** A committed record as it stands on the disk, without its `\n`. */
export interface LedgerLine {
  readonly seq: number;
  readonly line: Uint8Array;
  readonly file: string;
  readonly offset: number;
}

/** Reads a ledger again and again, also beside a living writer: the index is kept, and only what was committed since the
 *  last call is added to it. Holds no file open between calls. */
export class LedgerReader {
  readonly #directory: string;
  readonly #fileSystem: FileSystem;
  readonly #index: CommitIndex;

  /** `fileSystem` defaults to the real disk. */
  constructor(directory: string, fileSystem: FileSystem = nodeFileSystem) {
    this.#directory = directory;
    this.#fileSystem = fileSystem;
    this.#index = new CommitIndex(fileSystem, directory);
  }

  /** The committed lines in commit order. Times choose whole commits by the index, so lines outside come along, and lines
   *  without an event time are found by when they came. Blocks that are gone or damaged are passed over; `verifyLedger`
   *  names them. */
  async *lines(range: Range = {}): AsyncGenerator<LedgerLine> {
    for await (const block of this.blocks(range)) yield* block;
  }

  /** The same, the lines of one commit at a time: whoever takes them all saves a turn for each. */
  async *blocks(range: Range = {}): AsyncGenerator<readonly LedgerLine[]> {
    const firstSeq = Math.max(range.seqFrom ?? 0, (range.seqAfter ?? -1) + 1);
    const lastSeq = range.seqTo ?? Number.POSITIVE_INFINITY;
    const blocks = new PartReader(this.#fileSystem, this.#directory);
    await this.#index.refresh();
    const found = this.#find(range, firstSeq);
    try {
      for (const [index, commit] of found.entries()) {
        const { file, offset, length } = this.#index.block(commit);
        const block = await this.#read(blocks, file, offset, length, () => {
          const run = this.#runAt(found, index);
          return run.offset + run.length;
        });
        if (block === null) continue;
        const lines: LedgerLine[] = [];
        let isOver = false;
        for (const line of cut(block, offset).lines) {
          const seq = seqOf(line.bytes);
          isOver ||= seq !== null && seq > lastSeq;
          if (seq !== null && seq >= firstSeq && !isOver)
            lines.push({ seq, line: line.bytes, file, offset: line.offset });
        }
        if (lines.length > 0) yield lines;
        if (isOver) return;
      }
    } finally {
      await blocks.close();
    }
  }

  /** All of them as text, those of some commits at a time: for whoever reads everything, at half the cost. */
  async *texts(): AsyncGenerator<readonly LineText[]> {
    const runs = new RunReader(this.#fileSystem, this.#directory);
    await this.#index.refresh();
    const found = this.#find({}, 0);
    try {
      for (let at = 0; at < found.length; ) {
        const run = this.#runAt(found, at);
        const lines = await runs.read(run).catch(passedOver);
        // Of a damaged part what follows may be whole.
        at += lines === null ? 1 : run.ends.length;
        if (lines !== null && lines.length > 0) yield lines;
      }
    } finally {
      await runs.close();
    }
  }

  /** A block, or null where there is none that could be read. */
  async #read(blocks: PartReader, ...block: Parameters<PartReader["read"]>): Promise<Buffer | null> {
    return blocks.read(...block).catch(passedOver);
  }

  #find({ fromMs, toMs }: Range, firstSeq: number): number[] {
    const isOpen = fromMs === undefined && toMs === undefined;
    const most = isOpen ? Number.POSITIVE_INFINITY : Number.MAX_VALUE;
    return this.#index.find(firstSeq, fromMs ?? -most, toMs ?? most);
  }

  /** The blocks that follow without a hole: so far it pays to read ahead. */
  #runAt(found: readonly number[], index: number): Run {
    const first = this.#index.block(found[index] ?? 0);
    const ends = [first.length];
    let end = first.length;
    for (const commit of found.slice(index + 1, index + 1 + READ_AHEAD_COMMITS)) {
      const { file, offset, length } = this.#index.block(commit);
      if (file !== first.file || offset !== first.offset + end || end > READ_AHEAD_BYTES) break;
      end += length;
      ends.push(end);
    }
    return { ...first, length: end, ends };
  }
}

function passedOver(error: unknown): null {
  if (isDamage(error)) return null;
  throw error;
}

/** One reading of a ledger; see `LedgerReader.lines`. */
export function readLines(directory: string, range: Range = {}): AsyncGenerator<LedgerLine> {
  return new LedgerReader(directory).lines(range);
}
