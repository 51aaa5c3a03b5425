import { Refusal } from "./guard/refusal.ts";

export interface Busy {
  /** What the others do, as "previews of privacy rules". */
  readonly what: string;
  readonly retryAfterS: number;
}

/** Work that costs the collector something, a few at a time: whoever comes on top of them is told to come again. */
export class AtOnce {
  readonly #most: number;
  readonly #busy: Busy;
  #underWay = 0;

  constructor(most: number, busy: Busy) {
    this.#most = most;
    this.#busy = busy;
  }

  /** Throws `too-many-requests` with `Retry-After` when as many as may be are under way. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#underWay >= this.#most) throw this.#refusal();
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }

  #refusal(): Refusal {
    const { what, retryAfterS } = this.#busy;
    return new Refusal({
      code: "too-many-requests",
      detail: `${this.#most} ${what} are under way`,
      hint: "try again in a moment",
      reason: "busy",
      headers: { "retry-after": String(retryAfterS) },
    });
  }
}
