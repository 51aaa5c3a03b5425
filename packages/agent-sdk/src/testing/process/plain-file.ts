import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** A pipe put in the place of a file does not hold us up. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The text of a regular file; rejects for what is none, and for one of more than `mostBytes`. */
export async function plainText(path: string, mostBytes: number): Promise<string> {
  const file = await open(path, READ_ONLY);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(`${path} is no regular file`);
    if (stats.size > mostBytes) throw new Error(`${path} is larger than ${mostBytes} bytes`);
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}
