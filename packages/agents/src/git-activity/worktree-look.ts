// Whether files were worked on: cheaper than asking git, which would look at the same files and start a process for it.
import { dirname, join } from "node:path";
import { createHash } from "node:crypto";
import { lookAt } from "./fingerprint.ts";

const MOST_LOOKS = 5_000;
const LOOKS_PER_TURN = 500;

/** What is looked at: tracked files and their folders; in a large repository the folders only. */
export class WorktreeLook {
  readonly #paths: readonly string[];

  /** `tracked` are paths relative to `worktree`, with `/` between names. */
  constructor(worktree: string, tracked: readonly string[]) {
    const folders = new Set(tracked.map((path) => dirname(path)));
    folders.add(".");
    const all = tracked.length + folders.size <= MOST_LOOKS ? [...folders, ...tracked] : [...folders];
    this.#paths = all.slice(0, MOST_LOOKS).map((path) => join(worktree, path));
  }

  /** A digest that changes when one of the files or folders does; yields to the event loop as it goes. */
  async digest(): Promise<string> {
    const hash = createHash("sha256");
    let looks = 0;
    for (const path of this.#paths) {
      hash.update(lookAt(path)).update("\0");
      looks += 1;
      if (looks % LOOKS_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    return hash.digest("hex");
  }
}
