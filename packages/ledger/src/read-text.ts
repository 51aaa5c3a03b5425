import { openToRead } from "./commit-log.ts";
import { readAt } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";

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
