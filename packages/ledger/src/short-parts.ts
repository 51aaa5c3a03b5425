import { isDamage, openPart } from "./part-file.ts";
import type { FileSystem } from "./ports.ts";

/** The parts that end before their committed end, or are gone, with a sentence each. */
export async function shortParts(
  fileSystem: FileSystem,
  directory: string,
  ends: ReadonlyMap<string, number>,
): Promise<Map<string, string>> {
  const short = new Map<string, string>();
  for (const [name, end] of ends) {
    const size = await sizeOf(fileSystem, directory, name);
    if (size === null) short.set(name, `${name} is missing`);
    else if (size < 0) short.set(name, `${name} does not unpack`);
    else if (size < end) short.set(name, `${name} ends at ${size}, its commits at ${end}`);
  }
  return short;
}

/** Null when there is no such part, −1 when it does not unpack. */
async function sizeOf(fileSystem: FileSystem, directory: string, name: string): Promise<number | null> {
  try {
    const file = await openPart(fileSystem, directory, name);
    try {
      return (await file?.size()) ?? null;
    } finally {
      await file?.close();
    }
  } catch (error) {
    if (isDamage(error)) return -1;
    throw error;
  }
}
