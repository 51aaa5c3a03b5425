import { COMMITS, commitEntries, openToRead } from "./commit-log.ts";
import { join } from "node:path";
import { FaultFound } from "./fault.ts";
import type { FileSystem } from "./ports.ts";
import { type ErasureReader, type PartsChain, verifyBlocks } from "./verify-parts.ts";

/** Whether every record of a UTC day is the one that was committed, or erased by a record that says so: nothing is signed,
 *  and nothing emptied, where that is not so. What stands behind committed ends is not looked at. */
export async function dayHolds(
  options: { fileSystem: FileSystem; directory: string; erasureOf?: ErasureReader | undefined },
  day: string,
): Promise<boolean> {
  try {
    const { erasureOf } = options;
    await verifyBlocks({ ...options, date: day, trustsErased: erasureOf === undefined }, await chainOf(options));
    return true;
  } catch (error) {
    if (error instanceof FaultFound) return false;
    throw error;
  }
}

/** The chain as it stands now, taken at its word. */
async function chainOf({ fileSystem, directory }: { fileSystem: FileSystem; directory: string }): Promise<PartsChain> {
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  const end = (await file?.size()) ?? 0;
  await file?.close();
  const parts = new Map<string, { end: number }>();
  for await (const { entry } of commitEntries(fileSystem, directory, end))
    parts.set(entry.file, { end: entry.offset + entry.length });
  return { end, parts };
}
