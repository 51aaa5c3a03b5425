import { join } from "node:path";
import { CheckpointTrail, type KnownMark } from "./checkpoint-mark.ts";
import { openToRead } from "./commit-log.ts";
import { type Checkpoint, parseCheckpoint } from "./entry.ts";
import { lineChunks } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";

export const CHECKPOINTS = "checkpoints.jsonl";

/** The last readable checkpoint, where the last whole line ends, whether torn bytes follow it, and the trail of its lines. */
export async function readLastCheckpoint(
  fileSystem: FileSystem,
  directory: string,
  known: KnownMark,
): Promise<{ last: Checkpoint | null; end: number; torn: boolean; trail: CheckpointTrail }> {
  const trail = new CheckpointTrail(known);
  let [last, end, torn]: [Checkpoint | null, number, boolean] = [null, 0, false];
  const file = await openToRead(fileSystem, join(directory, CHECKPOINTS));
  if (file === null) return { last, end, torn, trail };
  try {
    for await (const { lines, rest } of lineChunks(file, 0, await file.size())) {
      torn = rest !== null;
      for (const { bytes, offset } of lines) {
        const checkpoint = parseCheckpoint(bytes.toString());
        trail.add(bytes, checkpoint?.n ?? null);
        last = checkpoint ?? last;
        end = offset + bytes.length + 1;
      }
    }
  } finally {
    await file.close();
  }
  return { last, end, torn, trail };
}
