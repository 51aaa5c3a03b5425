import { join } from "node:path";
import { type Genesis, parseGenesis } from "./entry.ts";
import { systemCode } from "./ledger-error.ts";
import { lineChunks } from "./line-chunks.ts";
import type { FileSystem, OpenFile } from "./ports.ts";

/** The file that is chain and index in one. */
export const COMMITS = "commits.jsonl";

/** Opens a file for reading; null when there is none. */
export async function openToRead(fileSystem: FileSystem, path: string): Promise<OpenFile | null> {
  try {
    return await fileSystem.open(path, "read");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
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
