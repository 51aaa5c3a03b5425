// Which happenings without an agent's line are effects of what rules ran.
import { type Cause, MOST_HOPS } from "../../causes/cause.ts";

/** What an agent does of a run shows in segments and states only after a commit or a restart. */
const SHOWS_WITHIN_MS = 3_000;
const MOST_KEPT = 256;

interface Seen {
  readonly cause: Cause;
  /** When it was over; `null`: it is under way. */
  readonly atMs: number | null;
}

/** Remembers for a short while what rules had plugins do. */
export class EffectsOfRuns {
  readonly #runs = new Map<string, Seen>();

  /** `doer` as the rule names it: a plugin's id or a label. */
  began(doer: string, cause: Cause): void {
    this.#keep(doer, { cause, atMs: null });
  }

  ended(doer: string, cause: Cause, nowMs: number): void {
    this.#keep(doer, { cause, atMs: nowMs });
  }

  /** What moved whatever these had a part in: of their runs the one that went through most plugins. `null`: none did. */
  behind(doers: Iterable<string>, fresh: () => Cause, nowMs: number): Cause | "loop" | null {
    let most: { doer: string; cause: Cause } | null = null;
    for (const doer of doers) {
      const seen = this.#runs.get(doer);
      if (seen === undefined || (seen.atMs !== null && nowMs - seen.atMs > SHOWS_WITHIN_MS)) continue;
      if (most === null || seen.cause.hops > most.cause.hops) most = { doer, cause: seen.cause };
    }
    if (most === null) return null;
    const { hops, chain } = most.cause;
    return hops >= MOST_HOPS ? "loop" : { ...fresh(), hops: hops + 1, chain: [...chain, most.doer] };
  }

  #keep(doer: string, seen: Seen): void {
    // Anew at the end, so that the first is the oldest.
    this.#runs.delete(doer);
    this.#runs.set(doer, seen);
    if (this.#runs.size <= MOST_KEPT) return;
    const [oldest] = this.#runs.keys();
    if (oldest !== undefined) this.#runs.delete(oldest);
  }
}
