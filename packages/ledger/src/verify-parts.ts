import { createHash, type Hash } from "node:crypto";
import { isBlankLine } from "./blank-line.ts";
import { commitEntries } from "./commit-log.ts";
import type { CommitEntry } from "./entry.ts";
import { FaultFound } from "./fault.ts";
import { cut, type FileLine, seqOf } from "./line-chunks.ts";
import { locateChange } from "./locate-change.ts";
import { digestOf, leafOfLine, rootOfLeaves } from "./merkle.ts";
import { isDamage, listParts } from "./part-file.ts";
import { PartReader } from "./part-reader.ts";
import { comparePartNames, packedName, parsePart } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { readTail, rootOf, soundLines, type Tail } from "./tail.ts";
import type { SoundChain } from "./verify-chain.ts";

/** What an erasure record says it erased and what leaf that line had, in hex; null for any other line. */
export type ErasureReader = (line: Uint8Array) => { readonly seq: number; readonly leaf: string } | null;

export interface PartsOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  /** Only the files of this UTC day. */
  readonly date?: string | undefined;
  readonly erasureOf?: ErasureReader | undefined;
  /** Blocks with emptied lines are taken at their word: nobody here reads erasure records. */
  readonly trustsErased?: boolean;
}

/** A part as its commits say it is. */
export interface SoundPart {
  /** SHA-256 of the committed bytes, unpacked, in hex. */
  readonly sha256: string;
  /** Records of which nothing but the leaf is left, ascending. */
  readonly erased: readonly number[];
}

/** The parts by file name. */
export type SoundParts = ReadonlyMap<string, SoundPart>;

/** A block with lines that were emptied: what they hashed to stands in records yet to be read. */
interface Doubtful {
  readonly commit: CommitEntry;
  readonly lines: readonly FileLine[];
}

/** What of a chain is needed to compare blocks with it. */
export interface PartsChain {
  /** Bytes of `commits.jsonl` to go by. */
  readonly end: number;
  /** Committed end of each part. */
  readonly parts: ReadonlyMap<string, { readonly end: number }>;
}

/** Compares every committed line with its commit, in commit order, then looks behind the committed ends. Throws
 *  `FaultFound`. */
export async function verifyParts(options: PartsOptions, chain: SoundChain): Promise<SoundParts> {
  const { fileSystem, directory } = options;
  const found = await verifyBlocks(options, chain);
  const names = (await listParts(fileSystem, directory)).filter(ofDate(options));
  for (const name of names.toSorted(comparePartNames)) await checkTail(options, name, chain);
  return found;
}

/** The same without a look behind the committed ends. */
export async function verifyBlocks(options: PartsOptions, chain: PartsChain): Promise<SoundParts> {
  const hashes = new Map<string, Hash>();
  const doubtful: Doubtful[] = [];
  for await (const { commit, block } of blocksOf(options, chain, ofDate(options))) {
    const lines = linesOf(commit, block);
    if (lines.some(({ bytes }) => isBlankLine(bytes))) doubtful.push({ commit, lines });
    else if (rootOf(lines) !== commit.root) throw locateChange(commit, lines);
    hashes.set(commit.file, (hashes.get(commit.file) ?? createHash("sha256")).update(block ?? ""));
  }
  const erased =
    doubtful.length === 0 || options.trustsErased === true
      ? new Map<string, number[]>()
      : await checkErased(options, chain, doubtful);
  return new Map(
    [...hashes].map(([name, hash]) => [name, { sha256: hash.digest("hex"), erased: erased.get(name) ?? [] }]),
  );
}

function ofDate({ date }: PartsOptions): (file: string) => boolean {
  return (file) => date === undefined || parsePart(file)?.day === date;
}

async function* blocksOf(
  { fileSystem, directory }: PartsOptions,
  chain: PartsChain,
  wanted: (file: string) => boolean,
): AsyncGenerator<{ commit: CommitEntry; block: Buffer | null }> {
  const blocks = new PartReader(fileSystem, directory);
  try {
    for await (const { entry: commit } of commitEntries(fileSystem, directory, chain.end)) {
      const { file, offset, length, seqFrom } = commit;
      if (!wanted(file)) continue;
      try {
        yield { commit, block: await blocks.read(file, offset, length, () => chain.parts.get(file)?.end ?? 0) };
      } catch (error) {
        throw isDamage(error) ? new FaultFound(packedName(file), 0, seqFrom, "pack-damaged") : error;
      }
    }
  } finally {
    await blocks.close();
  }
}

function linesOf(commit: CommitEntry, block: Buffer | null): readonly FileLine[] {
  const { file, offset, length, seqFrom, seqTo } = commit;
  if (block === null) throw new FaultFound(file, 0, seqFrom, "file-missing");
  const { lines, end } = cut(block, offset);
  if (block.length < length)
    throw new FaultFound(file, offset + block.length, Math.min(seqFrom + lines.length, seqTo), "tail-cut");
  if (end !== length || lines.length !== seqTo - seqFrom + 1) throw locateChange(commit, lines);
  return lines;
}

/** An emptied line counts as what it was if a record says so; the records that say so must themselves be as committed.
 *  Answers the erased records by file. */
async function checkErased(
  options: PartsOptions,
  chain: PartsChain,
  doubtful: readonly Doubtful[],
): Promise<Map<string, number[]>> {
  const { erasureOf = () => null } = options;
  const leaves = new Map<number, string>();
  const inDoubt = new Set(doubtful.map(({ commit }) => commit.n));
  for await (const { commit, block } of blocksOf(options, chain, () => true)) {
    const lines = block === null ? [] : cut(block, commit.offset).lines;
    const erasures = lines.flatMap(({ bytes }) => erasureOf(bytes) ?? []);
    const isSound = erasures.length > 0 && (inDoubt.has(commit.n) || rootOf(lines) === commit.root);
    if (isSound) for (const { seq, leaf } of erasures) leaves.set(seq, leaf);
  }
  const erased = new Map<string, number[]>();
  for (const { commit, lines } of doubtful) {
    const { file, seqFrom } = commit;
    const hashes = lines.map(({ bytes, offset }, index) => {
      if (!isBlankLine(bytes)) return leafOfLine(bytes);
      const seq = seqFrom + index;
      const leaf = leaves.get(seq);
      if (seqOf(bytes) !== seq || leaf === undefined) throw new FaultFound(file, offset, seq, "line-changed");
      erased.set(file, [...(erased.get(file) ?? []), seq]);
      return digestOf(leaf);
    });
    if (rootOfLeaves(hashes) !== commit.root) throw locateChange(commit, lines);
  }
  return erased;
}

/** Behind the committed end only the next records may stand, whole or torn, as a writer at work or a crash leaves them. */
async function checkTail({ fileSystem, directory }: PartsOptions, name: string, chain: SoundChain): Promise<void> {
  const offset = chain.parts.get(name)?.end ?? 0;
  const tail = await tailOf(fileSystem, directory, name, offset);
  if (tail === null) return;
  const nextSeq = chain.committedSeq + 1;
  const sound = soundLines(tail, nextSeq);
  const foreign = tail.lines[sound];
  if (foreign !== undefined) throw new FaultFound(name, foreign.offset, nextSeq + sound, "foreign-bytes");
  const start = `{"seq":${nextSeq + sound},`;
  const torn = tail.rest?.bytes.toString("latin1", 0, start.length) ?? "";
  if (!start.startsWith(torn))
    throw new FaultFound(name, tail.rest?.offset ?? offset, nextSeq + sound, "foreign-bytes");
}

async function tailOf(...part: Parameters<typeof readTail>): Promise<Tail | null> {
  try {
    return await readTail(...part);
  } catch (error) {
    throw isDamage(error) ? new FaultFound(packedName(part[2]), 0, null, "pack-damaged") : error;
  }
}
