/** Handles one thing at a time, in order: what arises while one is being handled waits its turn and finds a settled state. */
export class Inbox<Thing> {
  readonly #handle: (thing: Thing) => void;
  readonly #waiting: Thing[] = [];
  #busy = false;

  constructor(handle: (thing: Thing) => void) {
    this.#handle = handle;
  }

  take(thing: Thing): void {
    this.#waiting.push(thing);
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#handle(next);
    } finally {
      this.#busy = false;
    }
  }
}
