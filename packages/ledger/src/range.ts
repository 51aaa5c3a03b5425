import { readCommits } from "./commit-log.ts";
import type { CommitEntry } from "./entry.ts";
import { cut, seqOf } from "./line-chunks.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { PartReader } from "./part-reader.ts";
import type { FileSystem } from "./ports.ts";

/** Which records to read; everything given must hold. */
export interface Range {
  /** Commits with an event at or after this, epoch milliseconds. */
  readonly fromMs?: number;
  /** Commits with an event at or before this, epoch milliseconds. */
  readonly toMs?: number;
  /** Records above this `seq`. */
  readonly seqAfter?: number;
  /** Records from this `seq` on. */
  readonly seqFrom?: number;
  /** Default: the real disk. */
  readonly fileSystem?: FileSystem;
}

/** A committed record as it stands on the disk, without its `\n`. */
export interface LedgerLine {
  readonly seq: number;
  readonly line: Uint8Array;
  readonly file: string;
  readonly offset: number;
}

/** The committed lines in commit order, also beside a living writer. Times choose whole commits by the index, so lines a
 *  little outside come along and commits without any event time stay out (recovered ones excepted: their times are not
 *  known). Blocks that are gone or damaged are passed over; `verifyLedger` names them. */
export async function* readLines(directory: string, range: Range = {}): AsyncGenerator<LedgerLine> {
  const fileSystem = range.fileSystem ?? nodeFileSystem;
  const firstSeq = Math.max(range.seqFrom ?? 0, (range.seqAfter ?? -1) + 1);
  const blocks = new PartReader(fileSystem, directory);
  try {
    for await (const commits of readCommits(fileSystem, directory)) {
      const wanted = commits.filter((commit) => commit.seqTo >= firstSeq && touches(commit, range));
      for (const [index, commit] of wanted.entries()) {
        const block = await blocks.read(commit.file, commit.offset, commit.length, () => endOfRun(wanted, index));
        if (block === null) continue;
        for (const { bytes, offset } of cut(block, commit.offset).lines) {
          const seq = seqOf(bytes);
          if (seq !== null && seq >= firstSeq) yield { seq, line: bytes, file: commit.file, offset };
        }
      }
    }
  } finally {
    await blocks.close();
  }
}

function touches(commit: CommitEntry, { fromMs, toMs }: Range): boolean {
  if (fromMs === undefined && toMs === undefined) return true;
  if (commit.timeFrom === null || commit.timeTo === null) return commit.recovered;
  return (
    Date.parse(commit.timeTo) >= (fromMs ?? Number.NEGATIVE_INFINITY) &&
    Date.parse(commit.timeFrom) <= (toMs ?? Number.POSITIVE_INFINITY)
  );
}

/** Where the blocks that follow without a hole end: so far it pays to read ahead. */
function endOfRun(commits: readonly CommitEntry[], index: number): number {
  const first = commits[index];
  let end = first === undefined ? 0 : first.offset + first.length;
  for (let next = index + 1; commits[next]?.file === first?.file && commits[next]?.offset === end; next++) {
    end += commits[next]?.length ?? 0;
    if (end - (first?.offset ?? 0) > 1024 * 1024) break;
  }
  return end;
}
