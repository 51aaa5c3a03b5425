import type { CommitEntry } from "./entry.ts";
import { FaultFound } from "./fault.ts";
import { type FileLine, seqOf } from "./line-chunks.ts";

const SALTED = /"salt":"[\w-]{22}","(?:message|data)":\{/;

/** A block does not hash to its root: says which line it was as far as the bytes themselves tell. The root covers the
 *  whole commit, so a change that keeps a line well formed can only be placed in its commit. */
export function locateChange(commit: CommitEntry, lines: readonly FileLine[]): FaultFound {
  const { file, offset, seqFrom, seqTo } = commit;
  const expected = seqTo - seqFrom + 1;
  const seqs = lines.map(({ bytes }) => seqOf(bytes));
  const odd = lines.findIndex(({ bytes }, index) => seqs[index] !== seqFrom + index || !isWellFormed(bytes));
  const at = odd === -1 ? null : { offset: lines[odd]?.offset ?? offset, record: seqFrom + odd };
  if (at === null && lines.length === expected) {
    return expected === 1
      ? new FaultFound(file, offset, seqFrom, "line-changed")
      : new FaultFound(file, offset, seqFrom, "block-changed");
  }
  const where = at ?? { offset: lines.at(-1)?.offset ?? offset, record: Math.min(seqFrom + lines.length, seqTo) };
  if (lines.length < expected) return new FaultFound(file, where.offset, where.record, "line-missing");
  if (lines.length > expected) return new FaultFound(file, where.offset, where.record, "line-inserted");
  const isPermuted =
    new Set(seqs).size === expected && seqs.every((seq) => seq !== null && seq >= seqFrom && seq <= seqTo);
  const isOutOfOrder = seqs.some((seq, index) => seq !== seqFrom + index);
  return new FaultFound(
    file,
    where.offset,
    where.record,
    isPermuted && isOutOfOrder ? "lines-swapped" : "line-changed",
  );
}

function isWellFormed(line: Buffer): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(line);
    JSON.parse(text);
    return SALTED.test(text);
  } catch {
    return false;
  }
}
