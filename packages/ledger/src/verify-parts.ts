import { createHash, type Hash } from "node:crypto";
import { join } from "node:path";
import { COMMITS, openToRead } from "./commit-log.ts";
import { type CommitEntry, parseEntry } from "./entry.ts";
import { FaultFound } from "./fault.ts";
import { cut, lineChunks } from "./line-chunks.ts";
import { locateChange } from "./locate-change.ts";
import { PartReader } from "./part-reader.ts";
import { comparePartNames, parsePart } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { readTail, rootOf, soundLines } from "./tail.ts";
import type { SoundChain } from "./verify-chain.ts";

export interface PartsOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  /** Only the files of this UTC day. */
  readonly date?: string | undefined;
}

/** What a part's committed bytes hash to, SHA-256 in hex, by file name. */
export type PartHashes = ReadonlyMap<string, string>;

/** Compares every committed line with its commit, in commit order, then looks behind the committed ends. Throws
 *  `FaultFound`. */
export async function verifyParts(options: PartsOptions, chain: SoundChain): Promise<PartHashes> {
  const { fileSystem, directory } = options;
  const wanted = (file: string) => options.date === undefined || parsePart(file)?.day === options.date;
  const hashes = new Map<string, Hash>();
  const blocks = new PartReader(fileSystem, directory);
  try {
    for await (const commit of commitsUntil(options, chain.end)) {
      if (!wanted(commit.file)) continue;
      const block = await blocks.read(
        commit.file,
        commit.offset,
        commit.length,
        () => chain.parts.get(commit.file)?.end ?? 0,
      );
      checkBlock(commit, block);
      const hash = hashes.get(commit.file) ?? createHash("sha256");
      hashes.set(commit.file, hash.update(block ?? ""));
    }
  } finally {
    await blocks.close();
  }
  const names = (await fileSystem.list(directory)).filter((name) => parsePart(name) !== null && wanted(name));
  for (const name of names.toSorted(comparePartNames)) await checkTail(options, name, chain);
  return new Map([...hashes].map(([name, hash]) => [name, hash.digest("hex")]));
}

async function* commitsUntil({ fileSystem, directory }: PartsOptions, end: number): AsyncGenerator<CommitEntry> {
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  if (file === null) return;
  try {
    for await (const { lines } of lineChunks(file, 0, end)) {
      for (const { bytes, offset } of lines) {
        const entry = offset === 0 ? null : parseEntry(bytes.toString());
        if (entry !== null) yield entry;
      }
    }
  } finally {
    await file.close();
  }
}

function checkBlock(commit: CommitEntry, block: Buffer | null): void {
  const { file, offset, length, seqFrom, seqTo } = commit;
  if (block === null) throw new FaultFound(file, 0, seqFrom, "file-missing");
  const { lines, end } = cut(block, offset);
  if (block.length < length)
    throw new FaultFound(file, offset + block.length, Math.min(seqFrom + lines.length, seqTo), "tail-cut");
  if (end === length && lines.length === seqTo - seqFrom + 1 && rootOf(lines) === commit.root) return;
  throw locateChange(commit, lines);
}

/** Behind the committed end only the next records may stand, whole or torn, as a writer at work or a crash leaves them. */
async function checkTail({ fileSystem, directory }: PartsOptions, name: string, chain: SoundChain): Promise<void> {
  const offset = chain.parts.get(name)?.end ?? 0;
  const tail = await readTail(fileSystem, directory, name, offset);
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
