import { join } from "node:path";
import type { CheckpointTrail } from "./checkpoint-mark.ts";
import { COMMITS, openToRead } from "./commit-log.ts";
import {
  type Checkpoint,
  checkpointMessage,
  encodeCheckpoint,
  type Genesis,
  type Head,
  parseCheckpoint,
  signatureBytes,
} from "./entry.ts";
import { FaultFound } from "./fault.ts";
import type { HashList } from "./hash-list.ts";
import { isTornLine, lineChunks } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";
import { CHECKPOINTS } from "./read-state.ts";

/** Whether `signature` is raw Ed25519 of `message` by `publicKey` (line 2 of minisign's `.pub`). */
export type SignatureCheck = (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean;

export interface CheckpointLine {
  readonly checkpoint: Checkpoint;
  readonly offset: number;
}

/** All checkpoints, in the order they were signed, each told to `trail`; throws `FaultFound` at a line that is none. */
export async function readCheckpoints(
  fileSystem: FileSystem,
  directory: string,
  trail: CheckpointTrail,
): Promise<CheckpointLine[]> {
  const file = await openToRead(fileSystem, join(directory, CHECKPOINTS));
  const found: CheckpointLine[] = [];
  try {
    for await (const { lines, rest } of file === null ? [] : lineChunks(file, 0, await file.size())) {
      for (const { bytes, offset } of lines) {
        const text = bytes.toString();
        const checkpoint = parseCheckpoint(text);
        const isOne =
          checkpoint !== null &&
          encodeCheckpoint(checkpoint) === text &&
          checkpoint.n > (found.at(-1)?.checkpoint.n ?? 0);
        if (!isOne) throw new FaultFound(CHECKPOINTS, offset, checkpoint?.n ?? null, "checkpoint-invalid");
        trail.add(bytes, checkpoint.n);
        found.push({ checkpoint, offset });
      }
      if (rest !== null && !isTornLine(rest.bytes, `{"n":`))
        throw new FaultFound(CHECKPOINTS, rest.offset, null, "checkpoint-invalid");
    }
  } finally {
    await file?.close();
  }
  return found;
}

export interface ChainEnd {
  readonly genesis: Genesis;
  readonly hashes: HashList;
  /** Where the chain ends in its file. */
  readonly end: number;
}

/** Compares signed checkpoints with the chain; answers the `n` of the newest, 0 for none. Throws `FaultFound`. */
export async function checkCheckpoints(
  lines: readonly CheckpointLine[],
  { genesis: { collectorId, publicKey }, hashes, end }: ChainEnd,
  options: { fileSystem: FileSystem; directory: string; verifySignature: SignatureCheck },
): Promise<number> {
  for (const { checkpoint, offset } of lines) {
    const { n, hash, sig } = checkpoint;
    if (!options.verifySignature(publicKey, checkpointMessage(collectorId, { n, hash }), signatureBytes(sig))) {
      throw new FaultFound(CHECKPOINTS, offset, n, "checkpoint-invalid");
    }
    if (n >= hashes.length) throw new FaultFound(COMMITS, end, hashes.length, "tail-cut");
    if (hashes.at(n) !== hash) {
      const reason = n === hashes.length - 1 ? "commit-changed" : "checkpoint-differs";
      throw new FaultFound(COMMITS, await offsetOfLine(options, n), n, reason);
    }
  }
  return lines.at(-1)?.checkpoint.n ?? 0;
}

/** Compares heads that a witness outside kept with the chain. Throws `FaultFound`. */
export async function checkAnchors(
  options: { fileSystem: FileSystem; directory: string; anchors?: readonly Head[] },
  { hashes, end }: Omit<ChainEnd, "genesis">,
): Promise<void> {
  for (const { n, hash } of options.anchors ?? []) {
    if (n >= hashes.length) throw new FaultFound(COMMITS, end, hashes.length, "tail-cut");
    if (hashes.at(n) !== hash) throw new FaultFound(COMMITS, await offsetOfLine(options, n), n, "anchor-differs");
  }
}

async function offsetOfLine(
  { fileSystem, directory }: { fileSystem: FileSystem; directory: string },
  n: number,
): Promise<number> {
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  let before = 0;
  try {
    for await (const { lines } of file === null ? [] : lineChunks(file, 0, await file.size())) {
      const line = lines[n - before];
      if (line !== undefined) return line.offset;
      before += lines.length;
    }
  } finally {
    await file?.close();
  }
  return 0;
}
