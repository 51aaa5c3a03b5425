/** How much may wait. */
export interface WaitingLimits {
  readonly most: number;
  readonly mostBytes: number;
}

/** Things that wait in order, within bounds: what is too much pushes out the oldest. */
export class WaitingLine<Item> {
  readonly #limits: WaitingLimits;
  #waiting: { readonly item: Item; readonly bytes: number }[] = [];
  #first = 0;
  #bytes = 0;

  constructor(limits: WaitingLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#waiting.length - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Returns how many had to go for it; one that is larger than everything that may wait goes itself. */
  push(item: Item, bytes: number): number {
    const { most, mostBytes } = this.#limits;
    if (bytes > mostBytes || most === 0) return 1;
    let dropped = 0;
    while (this.length >= most || this.#bytes + bytes > mostBytes) {
      this.shift();
      dropped += 1;
    }
    this.#waiting.push({ item, bytes });
    this.#bytes += bytes;
    return dropped;
  }

  /** The oldest, taken out. */
  shift(): Item | undefined {
    const next = this.#waiting[this.#first];
    if (next === undefined) return undefined;
    this.#first += 1;
    this.#bytes -= next.bytes;
    // Taking them from the front one by one would move all the others each time.
    if (this.#first === this.#waiting.length || this.#first >= 64) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    return next.item;
  }
}
