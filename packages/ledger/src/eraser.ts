import { basename, join } from "node:path";
import { blankOf, isBlankLine } from "./blank-line.ts";
import { dayHolds } from "./day-holds.ts";
import type { Erased, Ledger, NewRecord } from "./ledger.ts";
import { LedgerError } from "./ledger-error.ts";
import { hexOf, leafOfLine } from "./merkle.ts";
import { packPart } from "./packed-part.ts";
import { bordersOf } from "./packing.ts";
import { openPart } from "./part-file.ts";
import { packedName, parsePart } from "./part-name.ts";
import type { FileSystem } from "./ports.ts";
import { type LedgerLine, LedgerReader } from "./reader.ts";
import { readText } from "./read-text.ts";
import { isAsSealed, renewSeal } from "./renew-seal.ts";
import type { FileSigner } from "./sealer.ts";
import type { ErasureReader } from "./verify-parts.ts";

export interface EraserOptions {
  readonly fileSystem: FileSystem;
  readonly directory: string;
  readonly headFile: string;
  readonly collectorId: string;
  readonly signFile: FileSigner | undefined;
  readonly erasureOf: ErasureReader | undefined;
}

/** An erasure under way, kept beside the head from before its record is written until nothing is left to do. */
interface Erasing {
  readonly seq: number;
  readonly leaf: string;
  /** The record that says so comes after this one. */
  readonly after: number;
}

/** `state/head.json` → `state/head.erasing.json`. */
export function erasingFileOf(headFile: string): string {
  return `${headFile.replace(/\.json$/, "")}.erasing.json`;
}

/** Erases one record: says so in the ledger first, then empties its line where it stands. */
export async function erase(
  options: EraserOptions,
  ledger: Pick<Ledger, "append" | "commit" | "nextSeq">,
  seq: number,
  record: (leaf: string) => NewRecord,
): Promise<Erased> {
  const { fileSystem, directory, headFile } = options;
  await ledger.commit();
  await finishErasing(options);
  const line = await lineOf(options, seq);
  if (line === null || blankOf(bytesOf(line)) === null)
    throw new LedgerError("no-such-record", `There is no record ${seq} in ${directory}.`);
  if (isBlankLine(bytesOf(line))) throw new LedgerError("already-erased", `Record ${seq} was erased before.`);
  if (options.erasureOf?.(line.line))
    throw new LedgerError(
      "not-erasable",
      `Record ${seq} says what was erased; without it the ledger could not be verified.`,
    );
  const day = parsePart(line.file)?.day ?? "";
  if (!(await isAsSealed(options, day)) || !(await dayHolds(options, day)))
    throw new LedgerError("damaged", `${day} is not what was committed and sealed; nothing was erased.`);
  const leaf = hexOf(leafOfLine(line.line));
  const erasing = { seq, leaf, after: ledger.nextSeq - 1 };
  const made = record(leaf);
  await fileSystem.replace(erasingFileOf(headFile), Buffer.from(`${JSON.stringify(erasing)}\n`));
  const recordSeq = ledger.append(made);
  await ledger.commit();
  await finishErasing(options);
  return { seq, leaf, recordSeq };
}

/** Goes on with an erasure where it was interrupted; forgets one whose record never came to the disk. */
export async function finishErasing(options: EraserOptions): Promise<void> {
  const { fileSystem, directory, headFile } = options;
  const path = erasingFileOf(headFile);
  const text = await readText(fileSystem, path);
  if (text === null) return;
  const erasing = parseErasing(text);
  if (erasing !== null && (await isRecorded(options, erasing))) {
    const line = await lineOf(options, erasing.seq);
    const blank = line === null ? null : blankOf(bytesOf(line));
    // Another line than the one that was to go is not ours to empty.
    const isIt = line !== null && (hexOf(leafOfLine(line.line)) === erasing.leaf || isBlankLine(bytesOf(line)));
    if (isIt && blank !== null) {
      await blankOut(options, line, blank);
      await renewSeal(options, parsePart(line.file)?.day ?? "");
    }
  }
  await fileSystem.remove(path);
  await fileSystem.syncFolder(join(directory));
}

function parseErasing(text: string): Erasing | null {
  const [, seq, leaf, after] = /^\{"seq":(\d{1,15}),"leaf":"([0-9a-f]{64})","after":(\d{1,15})\}\n$/.exec(text) ?? [];
  return leaf === undefined ? null : { seq: Number(seq), leaf, after: Number(after) };
}

/** Whether a record since then says so. */
async function isRecorded(options: EraserOptions, { seq, leaf, after }: Erasing): Promise<boolean> {
  const { fileSystem, directory, erasureOf } = options;
  for await (const { line } of new LedgerReader(directory, fileSystem).lines({ seqAfter: after })) {
    if (!bytesOf({ line }).includes(leaf)) continue;
    const said = erasureOf === undefined ? { seq, leaf } : erasureOf(line);
    if (said?.seq === seq && said.leaf === leaf) return true;
  }
  return false;
}

async function lineOf({ fileSystem, directory }: EraserOptions, seq: number): Promise<LedgerLine | null> {
  for await (const line of new LedgerReader(directory, fileSystem).lines({ seqFrom: seq, seqTo: seq })) return line;
  return null;
}

/** Same place, same length: in the file itself, or in a packed file made anew. */
async function blankOut({ fileSystem, directory }: EraserOptions, line: LedgerLine, blank: Buffer): Promise<void> {
  const path = join(directory, line.file);
  const packed = join(directory, packedName(line.file));
  const names = await fileSystem.list(directory);
  if (names.includes(line.file)) {
    // Packing that was interrupted left a second copy of what is to go.
    if (names.includes(basename(packed))) await fileSystem.remove(packed);
    const file = await fileSystem.open(path, "write");
    try {
      await file.write([blank], line.offset);
      await file.sync();
    } finally {
      await file.close();
    }
    return;
  }
  const source = await openPart(fileSystem, directory, line.file);
  if (source === null) return;
  try {
    const borders = (await bordersOf(fileSystem, directory, new Set([line.file]))).get(line.file) ?? [];
    const { bytes } = await packPart(source, borders, { offset: line.offset, bytes: blank });
    await fileSystem.replace(packed, bytes);
    await fileSystem.syncFolder(directory);
  } finally {
    await source.close();
  }
}

function bytesOf({ line }: Pick<LedgerLine, "line">): Buffer {
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength);
}
