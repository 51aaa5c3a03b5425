import { join } from "node:path";
import { openToRead } from "./commit-log.ts";
import { type Checkpoint, parseCheckpoint } from "./entry.ts";
import { lineChunks, readAt } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";

export const CHECKPOINTS = "checkpoints.jsonl";

/** The text of a small file; null when there is none. */
export async function readText(fileSystem: FileSystem, path: string): Promise<string | null> {
  const file = await openToRead(fileSystem, path);
  if (file === null) return null;
  try {
    return (await readAt(file, 0, await file.size())).toString();
  } finally {
    await file.close();
  }
}

/** The last readable checkpoint, where the last whole line ends, and whether torn bytes follow it. */
export async function readLastCheckpoint(
  fileSystem: FileSystem,
  directory: string,
): Promise<{ last: Checkpoint | null; end: number; torn: boolean }> {
  let [last, end, torn]: [Checkpoint | null, number, boolean] = [null, 0, false];
  const file = await openToRead(fileSystem, join(directory, CHECKPOINTS));
  if (file === null) return { last, end, torn };
  try {
    for await (const { lines, rest } of lineChunks(file, 0, await file.size())) {
      torn = rest !== null;
      for (const { bytes, offset } of lines) {
        last = parseCheckpoint(bytes.toString()) ?? last;
        end = offset + bytes.length + 1;
      }
    }
  } finally {
    await file.close();
  }
  return { last, end, torn };
}
