import { join } from "node:path";
import { openToRead } from "./commit-log.ts";
import { LedgerError } from "./ledger-error.ts";
import { openPacked } from "./packed-part.ts";
import { packedName, partIn } from "./part-name.ts";
import type { FileSystem, OpenFile } from "./ports.ts";

/** Opens a day file for reading, packed or not; null when there is none. Throws `damaged` for one that does not unpack. */
export async function openPart(fileSystem: FileSystem, directory: string, name: string): Promise<OpenFile | null> {
  const plain = await openToRead(fileSystem, join(directory, name));
  if (plain !== null) return plain;
  const packed = await openToRead(fileSystem, join(directory, packedName(name)));
  return packed === null ? null : await openPacked(packed, packedName(name));
}

/** The names of the day files in a folder, without what packing adds to them, each once. */
export async function listParts(fileSystem: FileSystem, directory: string): Promise<string[]> {
  return [...new Set((await fileSystem.list(directory)).flatMap((name) => partIn(name) ?? []))];
}

/** Whether an error says that a packed file does not unpack. */
export function isDamage(error: unknown): error is LedgerError {
  return error instanceof LedgerError && error.code === "damaged";
}
