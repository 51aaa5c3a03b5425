import type { OutgoingCommand } from "@mimolo/supervisor";
import { WaitingLine, type WaitingLimits } from "./waiting-line.ts";

/** The agent as an outlet sees it. */
export interface Reader {
  /** Says what `command` answers once the pipe takes it; false when it cannot wait for that. */
  sendLatest(key: string, command: () => OutgoingCommand): boolean;
}

export interface OutletOptions<Item> {
  /** Tells the outlets of one agent apart. */
  readonly key: string;
  readonly limits: WaitingLimits;
  /** What is said of an item, asked for at the moment in which it is. */
  commandOf(item: Item): OutgoingCommand;
}

/** What waits for one process until its pipe takes it, in order: whoever reads slowly holds up nobody, and never has more in its
 *  command queue than that takes. */
export class Outlet<Item> {
  readonly #reader: Reader;
  readonly #options: OutletOptions<Item>;
  readonly #line: WaitingLine<Item>;
  #isWaiting = false;

  constructor(reader: Reader, options: OutletOptions<Item>) {
    this.#reader = reader;
    this.#options = options;
    this.#line = new WaitingLine(options.limits);
  }

  get length(): number {
    return this.#line.length;
  }

  get bytes(): number {
    return this.#line.bytes;
  }

  /** Returns how many the process will never hear of because of this one. */
  push(item: Item, bytes: number): number {
    const dropped = this.#line.push(item, bytes);
    this.#pump();
    return dropped;
  }

  #pump(): void {
    while (!this.#isWaiting && this.#line.length > 0) {
      const turn = { isOver: false };
      this.#isWaiting = true;
      const taken = this.#reader.sendLatest(this.#options.key, () => {
        const isLate = turn.isOver;
        this.#isWaiting = false;
        // Not before this one is said: they are to stay in order.
        if (isLate) queueMicrotask(() => this.#pump());
        return this.#next();
      });
      turn.isOver = true;
      if (taken) continue;
      // Nobody is there, or too much waits already: the next one tries again.
      this.#isWaiting = false;
      return;
    }
  }

  #next(): OutgoingCommand {
    const item = this.#line.shift();
    // It was there when this was asked for, and an outlet only ever takes one at a time.
    if (item === undefined) throw new Error("an outlet has nothing to say");
    return this.#options.commandOf(item);
  }
}
