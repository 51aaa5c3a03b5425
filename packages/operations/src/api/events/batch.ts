import type { EventSet } from "./event-set.ts";
import type { Telling } from "./telling.ts";

/** What happened within one window. What several clients want alike is put together once. */
export class Batch {
  readonly tellings: readonly Telling[];
  /** Every segment in it goes by records up to here, and every later batch by these or later ones. */
  readonly through: number;
  readonly #together = new Map<EventSet, Buffer | null>();

  constructor(tellings: readonly Telling[], through: number) {
    this.tellings = tellings;
    this.through = through;
  }

  of(wanted: EventSet): Telling[] {
    return this.tellings.filter(({ bit }) => (bit & wanted) !== 0);
  }

  /** `null`: nothing of that happened. */
  bytesOf(wanted: EventSet): Buffer | null {
    const known = this.#together.get(wanted);
    if (known !== undefined) return known;
    const found = this.of(wanted);
    const bytes = found.length === 0 ? null : Buffer.concat(found.map((telling) => telling.bytes));
    this.#together.set(wanted, bytes);
    return bytes;
  }
}
