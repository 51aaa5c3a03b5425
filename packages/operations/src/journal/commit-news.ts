import type { Ledger } from "@mimolo/ledger";
import type { Clock } from "@mimolo/supervisor";

/** Whoever waits for one commit waits no longer for a disk that stands still. An agent that is told nothing for 10 s after its
 *  `ack` takes the collector for one that never will. */
const PATIENCE_MS = 5_000;

/** Commits that are wanted at once, and those who wait for the next one. */
export class CommitNews {
  readonly #ledger: Pick<Ledger, "commit" | "committedSeq">;
  readonly #clock: Pick<Clock, "after">;
  #waiting: ((recordSeq: number) => void)[] = [];
  #isAsked = false;

  constructor(ledger: Pick<Ledger, "commit" | "committedSeq">, clock: Pick<Clock, "after">) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Asks for a commit of all that is being taken in right now. One that fails is tried again by the ledger. */
  soon(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    queueMicrotask(() => {
      this.#isAsked = false;
      this.#ledger.commit().catch(() => undefined);
    });
  }

  /** Commits now; `tried` is called once: when that is done, has failed, or takes longer than 5 s. */
  now(tried: () => void): void {
    const waiting = new AbortController();
    const over = () => {
      if (waiting.signal.aborted) return;
      waiting.abort();
      tried();
    };
    this.#clock.after(PATIENCE_MS, over, waiting.signal);
    void this.#ledger.commit().then(over, over);
  }

  /** Calls `listener` once, after the next commit, with the last record on the disk. */
  next(listener: (recordSeq: number) => void): void {
    this.#waiting.push(listener);
  }

  /** There was a commit. */
  tell(): void {
    for (const listener of this.#waiting.splice(0)) listener(this.#ledger.committedSeq);
  }
}
