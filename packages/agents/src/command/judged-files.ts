// The files that were judged have to be what they were, each time they run: they lie where anybody may write.
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { Task } from "./task.ts";

interface Seen {
  readonly mark: string;
  readonly sha256: string;
}

/** Hashes a file again only when its size, time or place has changed. */
export class JudgedFiles {
  readonly #files: Task["files"];
  readonly #seen = new Map<string, Seen>();

  constructor(files: Task["files"]) {
    this.#files = files;
  }

  /** The first file that is another by now, in a sentence; `null` while all are what they were. */
  async changed(): Promise<string | null> {
    for (const { path, sha256 } of this.#files) {
      const found = await this.#digestOf(path);
      if (found !== sha256) return found === null ? `${path} is gone` : `${path} has changed since it was allowed`;
    }
    return null;
  }

  async #digestOf(path: string): Promise<string | null> {
    try {
      const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
      const mark = [size, mtimeNs, ctimeNs, ino].join(" ");
      const seen = this.#seen.get(path);
      if (seen?.mark === mark) return seen.sha256;
      const sha256 = createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
      this.#seen.set(path, { mark, sha256 });
      return sha256;
    } catch {
      return null;
    }
  }
}
