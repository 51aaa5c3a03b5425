import { join } from "node:path";
import { readAt } from "./line-chunks.ts";
import type { FileSystem } from "./ports.ts";

const COPY_BYTES = 1024 * 1024;

/** Moves what stands behind `offset` of a file into `recovered/`, durably, and cuts the file there. Answers the name
 *  it got, relative to `directory`, and how many bytes went. */
export async function setAside(
  fileSystem: FileSystem,
  directory: string,
  name: string,
  offset: number,
): Promise<{ into: string; bytes: number }> {
  const folder = join(directory, "recovered");
  await fileSystem.makeFolder(folder);
  const taken = new Set(await fileSystem.list(folder));
  let fresh = `${name}.${offset}`;
  for (let again = 2; taken.has(fresh); again++) fresh = `${name}.${offset}.${again}`;
  const from = await fileSystem.open(join(directory, name), "write");
  try {
    const to = await fileSystem.open(join(folder, fresh), "create");
    let bytes = 0;
    try {
      for (;;) {
        const chunk = await readAt(from, offset + bytes, COPY_BYTES);
        if (chunk.length === 0) break;
        await to.write([chunk], bytes);
        bytes += chunk.length;
      }
      await to.sync();
    } finally {
      await to.close();
    }
    await fileSystem.syncFolder(folder);
    await from.truncate(offset);
    await from.sync();
    return { into: `recovered/${fresh}`, bytes };
  } finally {
    await from.close();
  }
}
