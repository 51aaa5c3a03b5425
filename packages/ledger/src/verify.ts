import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { markFileOf } from "./checkpoint-mark.ts";
import { COMMITS, openToRead } from "./commit-log.ts";
import type { Head } from "./entry.ts";
import { checkNotes, DAMAGE } from "./damage-notes.ts";
import { erasingFileOf } from "./eraser.ts";
import { type Fault, FaultFound } from "./fault.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { parsePart, partIn } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { CHECKPOINTS } from "./read-state.ts";
import { readText } from "./read-text.ts";
import { type SoundChain, verifyChain } from "./verify-chain.ts";
import { checkAnchors, type SignatureCheck } from "./verify-checkpoints.ts";
import { type ErasureReader, verifyParts } from "./verify-parts.ts";
import { type SealCheck, verifySeals } from "./verify-seals.ts";

const TRIES = 3;
const TRIES_BESIDE_AN_ERASURE = 20;
const ERASURE_WAIT_MS = 50;

export interface VerifyOptions {
  readonly directory: string;
  readonly headFile: string;
  /** What the days are called in the answer. */
  readonly name: "evidence" | "audit";
  readonly verifySignature: SignatureCheck;
  /** Whether a `.minisig` text is `publicKey`'s signature of `bytes`; without it no day counts as sealed. */
  readonly verifySeal?: SealCheck;
  /** Reads erasure records; without it an erased line is a changed one. */
  readonly erasureOf?: ErasureReader;
  /** Heads that a witness outside kept: the chain must still hold each, and days up to one count as anchored. */
  readonly anchors?: readonly Head[];
  /** Looks at the records of one UTC day only; the chain is checked whole. */
  readonly date?: string;
  /** Default: the real disk. */
  readonly fileSystem?: FileSystem;
}

export interface VerifiedDay {
  readonly ledger: "evidence" | "audit";
  readonly date: string;
  readonly state: "sealed" | "anchored" | "open";
  readonly records: number;
}

export interface Verification {
  readonly ok: boolean;
  /** Oldest first; empty when the chain itself is broken. */
  readonly days: readonly VerifiedDay[];
  /** Records of which only the leaf is left, as a record says, ascending; of the days looked at. */
  readonly erased: readonly number[];
  readonly fault?: Fault;
}

/** Checks every byte that a commit covers, the chain, its signatures, its head and its seals, also beside a living
 *  writer; answers with the first fault. Reads, never writes. Bad files are an answer, only an unreadable disk throws. */
export async function verifyLedger(options: VerifyOptions): Promise<Verification> {
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  for (let tries = 1; ; tries++) {
    const before = await movesOf(fileSystem, options);
    const result = await verifyOnce({ ...options, fileSystem });
    if (result.ok) return result;
    // A writer at work may have moved something between two looks; what is really wrong is still wrong after another.
    const after = await movesOf(fileSystem, options);
    const isErasing = after.erasing !== null && tries < TRIES_BESIDE_AN_ERASURE;
    const hasMoved = (before.size !== after.size || before.erasing !== after.erasing) && tries < TRIES;
    if (!isErasing && !hasMoved) return result;
    if (isErasing) await setTimeout(ERASURE_WAIT_MS);
  }
}

/** What changes when a writer does something to files that are looked at. */
async function movesOf(fileSystem: FileSystem, { directory, headFile }: VerifyOptions) {
  return {
    size: await sizeOf(fileSystem, directory),
    erasing: await readText(fileSystem, erasingFileOf(headFile)),
  };
}

async function verifyOnce(options: VerifyOptions & { fileSystem: FileSystem }): Promise<Verification> {
  let days: VerifiedDay[] = [];
  if (await isNothing(options)) return { ok: true, days, erased: [] };
  try {
    const chain = await verifyChain(options);
    await checkKeyFile(options, chain);
    await checkAnchors(options, chain);
    days = daysOf(options, chain);
    const parts = await verifyParts(options, chain);
    const sealed = await verifySeals(options, chain, parts);
    days = days.map((day) => (sealed.has(day.date) && day.state === "open" ? { ...day, state: "sealed" } : day));
    await checkNotes(options, chain.genesis);
    const erased = [...parts.values()].flatMap((part) => part.erased).toSorted((a, b) => a - b);
    return { ok: true, days, erased };
  } catch (error) {
    if (error instanceof FaultFound) return { ok: false, days, erased: [], fault: error.fault };
    throw error;
  }
}

/** No ledger was ever begun here: no chain, no head that remembers one, no records. */
async function isNothing({
  fileSystem,
  directory,
  headFile,
}: VerifyOptions & { fileSystem: FileSystem }): Promise<boolean> {
  for (const memory of [headFile, markFileOf(headFile)]) {
    if ((await readText(fileSystem, memory)) !== null) return false;
  }
  const names = await fileSystem.list(directory);
  return !names.some((name) => name === COMMITS || name === CHECKPOINTS || name === DAMAGE || partIn(name) !== null);
}

function daysOf({ name, date, anchors = [] }: VerifyOptions, { parts }: SoundChain): VerifiedDay[] {
  const sums = new Map<string, { records: number; n: number }>();
  for (const [file, part] of parts) {
    const day = parsePart(file)?.day ?? "";
    const sum = sums.get(day) ?? { records: 0, n: 0 };
    sums.set(day, { records: sum.records + part.records, n: Math.max(sum.n, part.n) });
  }
  const anchoredN = Math.max(0, ...anchors.map(({ n }) => n));
  return [...sums]
    .filter(([day]) => date === undefined || day === date)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { records, n }]) => ({
      ledger: name,
      date: day,
      state: n <= anchoredN ? "anchored" : "open",
      records,
    }));
}

/** `collector.pub` beside the ledger is what strangers check with: it must be the genesis' key. */
async function checkKeyFile(
  { fileSystem, directory }: { fileSystem: FileSystem; directory: string },
  chain: SoundChain,
): Promise<void> {
  const text = await readText(fileSystem, join(directory, "collector.pub"));
  if (text === null) return;
  const [comment, key, end, ...more] = text.split("\n");
  const isKeyFile = comment?.startsWith("untrusted comment: ") === true && end === "" && more.length === 0;
  if (!isKeyFile || key !== chain.genesis.publicKey) throw new FaultFound("collector.pub", 0, null, "key-differs");
}

async function sizeOf(fileSystem: FileSystem, directory: string): Promise<number> {
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  try {
    return (await file?.size()) ?? -1;
  } finally {
    await file?.close();
  }
}
