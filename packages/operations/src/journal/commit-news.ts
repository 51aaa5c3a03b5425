import type { Ledger } from "@mimolo/ledger";

/** Commits that are wanted at once, and those who wait for the next one. */
export class CommitNews {
  readonly #ledger: Pick<Ledger, "commit" | "committedSeq">;
  #waiting: ((recordSeq: number) => void)[] = [];
  #isAsked = false;

  constructor(ledger: Pick<Ledger, "commit" | "committedSeq">) {
    this.#ledger = ledger;
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

  /** Commits now; `tried` is called when that is done, or has failed. */
  now(tried: () => void): void {
    void this.#ledger.commit().then(tried, tried);
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
