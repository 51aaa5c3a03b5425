import { join } from "node:path";
import { markFileOf } from "./checkpoint-mark.ts";
import { COMMITS, openToRead } from "./commit-log.ts";
import { type Fault, FaultFound } from "./fault.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { parsePart } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { CHECKPOINTS } from "./read-state.ts";
import { readText } from "./read-text.ts";
import { type SoundChain, verifyChain } from "./verify-chain.ts";
import type { SignatureCheck } from "./verify-checkpoints.ts";
import { verifyParts } from "./verify-parts.ts";
import { type SealCheck, verifySeals } from "./verify-seals.ts";

const TRIES = 3;

export interface VerifyOptions {
  readonly directory: string;
  readonly headFile: string;
  /** What the days are called in the answer. */
  readonly name: "evidence" | "audit";
  readonly verifySignature: SignatureCheck;
  /** Whether a `.minisig` text is `publicKey`'s signature of `bytes`; without it no day counts as sealed. */
  readonly verifySeal?: SealCheck;
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
  readonly fault?: Fault;
}

/** Checks every byte that a commit covers, the chain, its signatures, its head and its seals, also beside a living
 *  writer; answers with the first fault. Reads, never writes. Bad files are an answer, only an unreadable disk throws. */
export async function verifyLedger(options: VerifyOptions): Promise<Verification> {
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  for (let tries = 1; ; tries++) {
    const size = await sizeOf(fileSystem, options.directory);
    const result = await verifyOnce({ ...options, fileSystem });
    // A writer at work may have moved something between two looks; what is really wrong is still wrong after another.
    if (result.ok || tries === TRIES || size === (await sizeOf(fileSystem, options.directory))) return result;
  }
}

async function verifyOnce(options: VerifyOptions & { fileSystem: FileSystem }): Promise<Verification> {
  let days: VerifiedDay[] = [];
  if (await isNothing(options)) return { ok: true, days };
  try {
    const chain = await verifyChain(options);
    await checkKeyFile(options, chain);
    days = daysOf(options, chain);
    const hashes = await verifyParts(options, chain);
    const sealed = await verifySeals(options, chain, hashes);
    days = days.map((day) => (sealed.has(day.date) ? { ...day, state: "sealed" } : day));
    return { ok: true, days };
  } catch (error) {
    if (error instanceof FaultFound) return { ok: false, days, fault: error.fault };
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
  return !names.some((name) => name === COMMITS || name === CHECKPOINTS || parsePart(name) !== null);
}

function daysOf({ name, date }: VerifyOptions, { parts }: SoundChain): VerifiedDay[] {
  const records = new Map<string, number>();
  for (const [file, part] of parts) {
    const day = parsePart(file)?.day ?? "";
    records.set(day, (records.get(day) ?? 0) + part.records);
  }
  const days = [...records]
    .filter(([day]) => date === undefined || day === date)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return days.map(([day, count]) => ({ ledger: name, date: day, state: "open", records: count }));
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
