import { join } from "node:path";
import { COMMITS, openToRead } from "./commit-log.ts";
import {
  type Checkpoint,
  checkpointMessage,
  encodeCheckpoint,
  type Genesis,
  parseCheckpoint,
  signatureBytes,
} from "./entry.ts";
import { FaultFound } from "./fault.ts";
import type { HashList } from "./hash-list.ts";
import { lineChunks } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";
import { CHECKPOINTS } from "./read-state.ts";

/** Whether `signature` is raw Ed25519 of `message` by `publicKey` (line 2 of minisign's `.pub`). */
export type SignatureCheck = (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean;

export interface CheckpointLine {
  readonly checkpoint: Checkpoint;
  readonly offset: number;
}

/** All checkpoints, in the order they were signed; throws `FaultFound` at a line that is none. */
export async function readCheckpoints(fileSystem: FileSystem, directory: string): Promise<CheckpointLine[]> {
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
        found.push({ checkpoint, offset });
      }
      if (rest?.bytes.includes("}") === true)
        throw new FaultFound(CHECKPOINTS, rest.offset, null, "checkpoint-invalid");
    }
  } finally {
    await file?.close();
  }
  return found;
}

/** Compares signed checkpoints with the chain; `end` is where the chain ends in its file. Throws `FaultFound`. */
export function checkCheckpoints(
  lines: readonly CheckpointLine[],
  { collectorId, publicKey }: Genesis,
  hashes: HashList,
  end: number,
  verifySignature: SignatureCheck,
): void {
  for (const { checkpoint, offset } of lines) {
    const { n, hash, sig } = checkpoint;
    if (!verifySignature(publicKey, checkpointMessage(collectorId, { n, hash }), signatureBytes(sig))) {
      throw new FaultFound(CHECKPOINTS, offset, n, "checkpoint-invalid");
    }
    if (n >= hashes.length) throw new FaultFound(COMMITS, end, hashes.length, "tail-cut");
    if (hashes.at(n) !== hash) throw new FaultFound(CHECKPOINTS, offset, n, "checkpoint-differs");
  }
}
