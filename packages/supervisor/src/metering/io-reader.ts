import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { ProcessGroup } from "./process-group.ts";

/** Share of the groups that one sweep reads: each of them once a minute. To open the file anew costs ten times what a look at a kept
 *  one does, but so many descriptors are not ours to keep. */
const SHARE = 1 / 12;
const AT_LEAST = 8;
const LONGEST_TEXT = 512;

/** Reads what process groups had read from and written to disks, a part of them each time. */
export class IoReader {
  readonly #root: string;
  readonly #buffer = Buffer.alloc(LONGEST_TEXT);
  /** Those read longest ago are first. */
  readonly #waiting = new Map<number, ProcessGroup>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Notes it in the next of `groups`; a process that may not be read is left out. */
  read(groups: ReadonlyMap<number, ProcessGroup>): void {
    for (const [leader, group] of this.#waiting) if (groups.get(leader) !== group) this.#waiting.delete(leader);
    for (const [leader, group] of groups) if (!this.#waiting.has(leader)) this.#waiting.set(leader, group);
    // Those read go to the end, where nobody shall meet them again.
    let left = Math.min(groups.size, Math.max(AT_LEAST, Math.ceil(groups.size * SHARE)));
    for (const [leader, group] of this.#waiting) {
      if (left-- === 0) break;
      this.#book(group);
      this.#waiting.delete(leader);
      this.#waiting.set(leader, group);
    }
  }

  #book(group: ProcessGroup): void {
    let shown: number | null = null;
    for (const { pid } of group.members) {
      const bytes = this.#of(pid);
      if (bytes !== null) shown = (shown ?? 0) + bytes;
    }
    if (shown !== null) group.io.book(shown);
  }

  #of(pid: number): number | null {
    try {
      const file = openSync(join(this.#root, String(pid), "io"), "r");
      try {
        const length = readSync(file, this.#buffer, 0, LONGEST_TEXT, 0);
        const text = this.#buffer.toString("latin1", 0, length);
        return numberAfter(text, "\nread_bytes: ") + numberAfter(text, "\nwrite_bytes: ");
      } finally {
        closeSync(file);
      }
    } catch {
      return null;
    }
  }
}

function numberAfter(text: string, name: string): number {
  const at = text.indexOf(name);
  return at === -1 ? 0 : Number.parseInt(text.slice(at + name.length), 10);
}
