import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Member, ProcessGroup } from "./process-group.ts";

const KIB_PER_MIB = 1_024;
/** The kernel walks all pages of a process: the large ones are read beside our thread. */
const LARGE_MIB = 256;

/** Reads the PSS of groups, in slices of `sliceMs` with a turn of the event loop between. */
export class PssReader {
  readonly #root: string;
  readonly #ticksMs: () => number;
  readonly #sliceMs: number;

  constructor(root: string, ticksMs: () => number, sliceMs = 2) {
    this.#root = root;
    this.#ticksMs = ticksMs;
    this.#sliceMs = sliceMs;
  }

  /** Notes it in each group; one that has a member which may not be read keeps what it had. */
  async read(groups: readonly ProcessGroup[], mibPerPage: number): Promise<void> {
    let sliceEndsMs = this.#ticksMs() + this.#sliceMs;
    for (const group of groups) {
      let pssMib: number | null = 0;
      for (const member of group.members) {
        const mib = await this.#of(member, mibPerPage);
        pssMib = mib === null || pssMib === null ? null : pssMib + mib;
        if (this.#ticksMs() < sliceEndsMs) continue;
        await nextTurn();
        sliceEndsMs = this.#ticksMs() + this.#sliceMs;
      }
      if (pssMib !== null) group.pss = { pssMib, rssMib: group.rssPages * mibPerPage, atMs: this.#ticksMs() };
    }
  }

  async #of({ pid, rssPages }: Member, mibPerPage: number): Promise<number | null> {
    const file = join(this.#root, String(pid), "smaps_rollup");
    try {
      const large = rssPages * mibPerPage > LARGE_MIB;
      const text = large ? await readFile(file, "latin1") : readFileSync(file, "latin1");
      const kib = /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
      return kib === undefined ? null : Number(kib) / KIB_PER_MIB;
    } catch {
      return null;
    }
  }
}
