import { basename, join } from "node:path";
import { type CheckpointMark, CheckpointTrail, markFileOf, readMark } from "./checkpoint-mark.ts";
import { COMMITS, openToRead } from "./commit-log.ts";
import {
  type CommitEntry,
  encodeEntry,
  encodeGenesis,
  type Genesis,
  genesisMessage,
  type Head,
  parseEntry,
  parseGenesis,
  parseHead,
  signatureBytes,
} from "./entry.ts";
import { FaultFound } from "./fault.ts";
import { HashList } from "./hash-list.ts";
import { type FileLine, isTornLine, lineChunks } from "./line-chunks.ts";
import { sha256Hex } from "./merkle.ts";
import type { FileSystem } from "./ports.ts";
import { CHECKPOINTS } from "./read-state.ts";
import { readText } from "./read-text.ts";
import { checkCheckpoints, readCheckpoints, type SignatureCheck } from "./verify-checkpoints.ts";

export interface ChainOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly headFile: string;
  readonly verifySignature: SignatureCheck;
}

/** What the chain says about one part. */
interface PartSum {
  end: number;
  records: number;
  /** The last commit with records in it. */
  n: number;
}

/** A chain found sound. */
export interface SoundChain {
  readonly genesis: Genesis;
  /** Bytes of `commits.jsonl` that were looked at; a living writer may have added more. */
  readonly end: number;
  readonly committedSeq: number;
  readonly parts: ReadonlyMap<string, PartSum>;
  /** Hash of each entry's line by n, for seals. */
  readonly hashes: HashList;
}

interface ChainLine {
  readonly n: number;
  readonly offset: number;
  readonly hash: string;
}

/** Checks genesis, chain, checkpoints and head against each other; throws `FaultFound`. */
export async function verifyChain(options: ChainOptions): Promise<SoundChain> {
  const { fileSystem, directory, headFile } = options;
  // Before the chain: a living writer moves the head after the chain, so the head can only be older.
  const head = await readHead(fileSystem, headFile);
  const mark = await readMark(fileSystem, headFile);
  if (mark === "unreadable") throw new FaultFound(basename(markFileOf(headFile)), 0, null, "head-changed");
  const trail = new CheckpointTrail(mark);
  const checkpoints = await readCheckpoints(fileSystem, directory, trail);
  const walk = await walkChain(options, head);
  const signed = await checkCheckpoints(checkpoints, walk, options);
  await checkHead(options, head, walk, signed);
  checkMark(trail, mark);
  return walk;
}

async function readHead(fileSystem: FileSystem, headFile: string): Promise<Head | null> {
  const text = await readText(fileSystem, headFile);
  if (text === null) return null;
  const head = parseHead(text);
  if (head === null) throw new FaultFound(basename(headFile), 0, null, "head-changed");
  return head;
}

async function walkChain({ fileSystem, directory, verifySignature }: ChainOptions, head: Head | null) {
  const parts = new Map<string, PartSum>();
  const hashes = new HashList();
  let genesis: Genesis | null = null;
  let [end, committedSeq] = [0, 0];
  let last: ChainLine | null = null;
  /** A line whose `prev` does not fit: its successor tells which of the two was changed. */
  let doubt: ChainLine | null = null;
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  try {
    for await (const { lines, rest } of file === null ? [] : lineChunks(file, 0, await file.size())) {
      for (const line of lines) {
        const current = { n: hashes.length, offset: line.offset, hash: sha256Hex(line.bytes) };
        if (last === null) genesis = checkGenesis(line, verifySignature);
        else {
          const entry = readEntry(line, current);
          if (doubt !== null) throw blame(last, doubt, entry.prev === last.hash);
          if (entry.prev !== last.hash) {
            if (entry.n !== current.n) throw misplaced(entry, current);
            doubt = last;
          } else {
            checkEntry(entry, current, parts, committedSeq);
            committedSeq = entry.seqTo;
          }
        }
        hashes.push(current.hash);
        last = current;
        end = line.offset + line.bytes.length + 1;
      }
      if (rest !== null && !isTornLine(rest.bytes, `{"n":${hashes.length},`))
        throw new FaultFound(COMMITS, rest.offset, hashes.length, "commit-changed");
    }
  } finally {
    await file?.close();
  }
  if (doubt !== null && last !== null) throw blame(last, doubt, head?.hash === last.hash);
  if (genesis === null) throw new FaultFound(COMMITS, 0, 0, "genesis-missing");
  return { genesis, end, committedSeq, parts, hashes, lastOffset: last?.offset ?? 0 };
}

function checkGenesis({ bytes, offset }: FileLine, verifySignature: SignatureCheck): Genesis {
  const text = bytes.toString();
  const genesis = parseGenesis(text);
  if (genesis === null || encodeGenesis(genesis) !== text) throw new FaultFound(COMMITS, offset, 0, "genesis-invalid");
  const { collectorId, publicKey, sig } = genesis;
  if (!verifySignature(publicKey, genesisMessage(collectorId, publicKey), signatureBytes(sig))) {
    throw new FaultFound(COMMITS, offset, 0, "genesis-invalid");
  }
  return genesis;
}

function readEntry({ bytes, offset }: FileLine, { n }: ChainLine): CommitEntry {
  const text = bytes.toString();
  const entry = parseEntry(text);
  if (entry === null || encodeEntry(entry) !== text) throw new FaultFound(COMMITS, offset, n, "commit-changed");
  return entry;
}

/** Checks that an entry continues what came before, and counts it. */
function checkEntry(
  entry: CommitEntry,
  { n, offset }: ChainLine,
  parts: Map<string, PartSum>,
  committedSeq: number,
): void {
  const part = parts.get(entry.file) ?? { end: 0, records: 0, n: 0 };
  parts.set(entry.file, part);
  const continues = entry.n === n && entry.seqFrom === committedSeq + 1 && entry.seqTo >= entry.seqFrom;
  if (!continues || entry.offset !== part.end || entry.length === 0)
    throw new FaultFound(COMMITS, offset, n, "commit-changed");
  part.n = n;
  part.end += entry.length;
  part.records += entry.seqTo - entry.seqFrom + 1;
}

function misplaced(entry: CommitEntry, { n, offset }: ChainLine): FaultFound {
  return new FaultFound(COMMITS, offset, n, entry.n > n ? "commit-missing" : "commit-out-of-order");
}

/** `second` does not fit behind `first`; if what follows confirms `second`, it is `first` that was changed. */
function blame(second: ChainLine, first: ChainLine, secondIsConfirmed: boolean): FaultFound {
  const changed = secondIsConfirmed ? first : second;
  return new FaultFound(COMMITS, changed.offset, changed.n, changed.n === 0 ? "genesis-invalid" : "commit-changed");
}

async function checkHead(
  { fileSystem, headFile }: ChainOptions,
  head: Head | null,
  { hashes, end, lastOffset }: { hashes: HashList; end: number; lastOffset: number },
  signed: number,
): Promise<void> {
  const last = hashes.length - 1;
  const name = basename(headFile);
  if (head === null) {
    if (last > 0) throw new FaultFound(name, 0, null, "head-missing");
    return;
  }
  if (head.n > last) throw new FaultFound(COMMITS, end, last + 1, "tail-cut");
  if (hashes.at(head.n) !== head.hash) {
    // The last line has no successor to say which of the two was changed; a signature may.
    throw head.n === last && signed < last
      ? new FaultFound(COMMITS, lastOffset, last, "head-differs")
      : new FaultFound(name, 0, head.n, "head-changed");
  }
  if (head.n >= last - 1) return;
  const now = await readHead(fileSystem, headFile);
  if (now === null || now.n < last - 1) throw new FaultFound(name, 0, head.n, "head-behind");
}

/** The checkpoints that were signed here must all be there, as they were. */
function checkMark(trail: CheckpointTrail, mark: CheckpointMark | null): void {
  if (trail.holds || mark === null) return;
  const { length } = trail.mark;
  if (length < mark.length) throw new FaultFound(CHECKPOINTS, length, null, "tail-cut");
  throw new FaultFound(CHECKPOINTS, 0, null, "checkpoints-changed");
}
