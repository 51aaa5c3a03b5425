import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { MAX_ARCHIVE_BYTES } from "../package/limits.ts";
import { PackageError } from "../package/package-error.ts";

/** Neither a link nor a pipe put there meanwhile. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** SHA-256 of a package's file, lower-case hex. Throws PackageError for what is no file, or is larger than any package. */
export async function packageHash(path: string): Promise<string> {
  const file = await open(path, READ_ONLY).catch((cause: unknown) => {
    const isGone = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const what = isGone ? "is not there" : "cannot be read";
    throw new PackageError(isGone ? "not-found" : "unreadable", `${path} ${what}`, { cause });
  });
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new PackageError("device", `${path} is no file`);
    if (stats.size > MAX_ARCHIVE_BYTES) {
      throw new PackageError("archive-too-large", `${path} has more than ${MAX_ARCHIVE_BYTES} bytes`);
    }
    const hash = createHash("sha256");
    for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk as Uint8Array);
    return hash.digest("hex");
  } finally {
    await file.close();
  }
}
