import type { CommitEntry } from "./entry.ts";
import { FaultFound, type FaultReason } from "./fault.ts";
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
  const told = odd === -1 || !isWellFormed(lines[odd]?.bytes) ? null : toldBy(seqs, odd, seqFrom + odd);
  if (at !== null && told !== null) return new FaultFound(file, at.offset, at.record, told);
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

/** What the numbers around the first wrong one tell: the line of `wanted` is gone, or the one before stands there twice. */
function toldBy(seqs: readonly (number | null)[], odd: number, wanted: number): FaultReason | null {
  const [found, next] = [seqs[odd], seqs[odd + 1] ?? null];
  if (found === wanted - 1 && odd > 0 && next === wanted) return "line-inserted";
  const isFollowed = next === wanted + 2 || odd === seqs.length - 1;
  return found === wanted + 1 && isFollowed && !seqs.includes(wanted) ? "line-missing" : null;
}

function isWellFormed(line: Buffer | undefined): boolean {
  if (line === undefined) return false;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(line);
    JSON.parse(text);
    return SALTED.test(text);
  } catch {
    return false;
  }
}
