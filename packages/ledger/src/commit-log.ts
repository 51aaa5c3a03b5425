import { join } from "node:path";
import { type CommitEntry, type Genesis, parseEntry, parseGenesis } from "./entry.ts";
import { systemCode } from "./ledger-error.ts";
import { lineChunks } from "./line-chunks.ts";
import type { FileSystem, OpenFile } from "./ports.ts";

/** The file that is chain and index in one. */
export const COMMITS = "commits.jsonl";

/** No such name, or something else than a file has it. */
const NO_FILE: ReadonlySet<string> = new Set(["ENOENT", "EISDIR", "ELOOP", "ENXIO"]);

/** Opens a file for reading; null when there is none. */
export async function openToRead(fileSystem: FileSystem, path: string): Promise<OpenFile | null> {
  try {
    return await fileSystem.open(path, "read");
  } catch (error) {
    if (NO_FILE.has(systemCode(error))) return null;
    throw error;
  }
}

/** The signed first line, or null when there is no ledger in the folder. */
export async function readGenesisWith(fileSystem: FileSystem, directory: string): Promise<Genesis | null> {
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  if (file === null) return null;
  try {
    for await (const { lines } of lineChunks(file, 0, await file.size())) {
      return parseGenesis(lines[0]?.bytes.toString() ?? "");
    }
    return null;
  } finally {
    await file.close();
  }
}

/** The entries in the first `until` bytes of the chain, in order, with their lines; unreadable ones are left out. */
export async function* commitEntries(
  fileSystem: FileSystem,
  directory: string,
  until = Number.POSITIVE_INFINITY,
): AsyncGenerator<{ entry: CommitEntry; line: Buffer }> {
  const file = await openToRead(fileSystem, join(directory, COMMITS));
  if (file === null) return;
  try {
    for await (const { lines } of lineChunks(file, 0, Math.min(until, await file.size()))) {
      for (const { bytes, offset } of lines) {
        const entry = offset === 0 ? null : parseEntry(bytes.toString());
        if (entry !== null) yield { entry, line: bytes };
      }
    }
  } finally {
    await file.close();
  }
}
