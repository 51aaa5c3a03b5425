import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { ProblemError } from "../problems/problem.ts";

/** Writes a body to a new file, owner-only, as it comes; never holds more of it than a chunk. Throws `ProblemError`
 *  `body-too-large` beyond `mostBytes`, and `bad-request` for a sender who went away. */
export async function receive(body: Readable, file: string, mostBytes: number): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    let bytes = 0;
    for await (const chunk of body) {
      const part = chunk as Buffer;
      bytes += part.length;
      if (bytes > mostBytes) throw tooLarge(mostBytes);
      await handle.writeFile(part);
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE") throw new ProblemError("bad-request", message);
    throw error;
  } finally {
    await handle.close();
  }
}

export function tooLarge(mostBytes: number): ProblemError {
  const most = Math.floor(mostBytes / 1024 / 1024);
  return new ProblemError("body-too-large", `a package has at most ${most} MiB`, "have a smaller one from its author");
}
