import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Pids are used again and processes change their group: who was foreign is looked at again after so many sweeps. */
const LOOK_AGAIN_AFTER = 12;

/** Which processes of `/proc` are worth a look: those not seen before, and now and then the foreign ones. */
export class Newcomers {
  readonly #root: string;
  readonly #atMost: number;
  /** Pid → the sweep in which to look again. */
  #foreign = new Map<number, number>();
  #sweep = 0;
  #newest: string | null = null;
  /** Some wait for their first look. */
  #behind = false;

  /** `atMost`: looked at in one sweep; the rest waits for the next. */
  constructor(root: string, atMost: number) {
    this.#root = root;
    this.#atMost = atMost;
  }

  /** Calls `look` for each pid not in `known`; it answers whether the process is one of ours. */
  find(known: ReadonlySet<number>, look: (pid: number) => boolean): void {
    const grew = this.#grew();
    if (this.#sweep++ % LOOK_AGAIN_AFTER !== 0 && !grew && !this.#behind) return;
    const foreign = new Map<number, number>();
    let looks = 0;
    for (const pid of this.#list()) {
      if (known.has(pid)) continue;
      const lookAgainAt = this.#foreign.get(pid) ?? 0;
      if (lookAgainAt > this.#sweep) foreign.set(pid, lookAgainAt);
      // Spread by pid, so that they do not all come due together.
      else if (looks++ < this.#atMost && !look(pid))
        foreign.set(pid, this.#sweep + LOOK_AGAIN_AFTER + (pid % LOOK_AGAIN_AFTER));
    }
    this.#foreign = foreign;
    this.#behind = looks > this.#atMost;
  }

  /** Whether a process, or a thread, was begun since we asked last. The system says which was the newest: on a quiet machine
   *  that spares us the listing, which is half of a sweep. */
  #grew(): boolean {
    const before = this.#newest;
    this.#newest = newestIn(this.#root);
    return this.#newest === null || this.#newest !== before;
  }

  #list(): number[] {
    try {
      return readdirSync(this.#root).map(Number).filter(Number.isInteger);
    } catch {
      return [];
    }
  }
}

/** The newest pid: the last field of `loadavg`. */
function newestIn(root: string): string | null {
  try {
    return readFileSync(join(root, "loadavg"), "latin1").trimEnd().split(" ")[4] ?? null;
  } catch {
    return null;
  }
}
