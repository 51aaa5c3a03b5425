import { openToRead } from "./commit-log.ts";
import { readAt } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";

/** Nothing that is written small is ever this long; of a file that is, the beginning is enough to refuse it. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The text of a small file; null when there is none. */
export async function readText(fileSystem: FileSystem, path: string): Promise<string | null> {
  const file = await openToRead(fileSystem, path);
  if (file === null) return null;
  try {
    return (await readAt(file, 0, Math.min(MOST_BYTES, await file.size()))).toString();
  } finally {
    await file.close();
  }
}
