import type { Clock } from "./clock.ts";

/** Timers may ring a little early. */
const EARLY_MS = 1;

/** One call that is due. */
export interface Call {
  readonly dueMs: number;
  ring(): void;
}

/** All the waiting of one clock behind a single timer of it: a thousand agents each wait for something, and a timer with its
 *  abort signal per wait was a tenth of what a spawn costs. */
export class AlarmClock {
  static readonly #ofClock = new WeakMap<Clock, AlarmClock>();
  readonly #clock: Clock;
  /** A heap: the call at `i` is due no later than those at `2i + 1` and `2i + 2`. */
  readonly #calls: Call[] = [];
  /** Those that were not cancelled; the others leave the heap when they come to its top. */
  readonly #wanted = new Set<Call>();
  #armedForMs: number | null = null;
  #controller = new AbortController();

  /** The one of this clock. */
  static of(clock: Clock): AlarmClock {
    const known = AlarmClock.#ofClock.get(clock);
    if (known !== undefined) return known;
    const fresh = new AlarmClock(clock);
    AlarmClock.#ofClock.set(clock, fresh);
    return fresh;
  }

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(call: Call): void {
    this.#wanted.add(call);
    this.#push(call);
    this.#arm();
  }

  /** It will not ring. */
  cancel(call: Call): void {
    this.#wanted.delete(call);
    if (this.#wanted.size > 0) return;
    this.#calls.length = 0;
    this.#disarm();
  }

  #arm(): void {
    const first = this.#first();
    if (first === undefined) return;
    if (this.#armedForMs !== null && this.#armedForMs <= first.dueMs) return;
    this.#disarm();
    this.#armedForMs = first.dueMs;
    const delayMs = Math.max(0, first.dueMs - this.#clock.ticksMs());
    this.#clock.after(delayMs, () => this.#ring(), this.#controller.signal);
  }

  #disarm(): void {
    if (this.#armedForMs === null) return;
    // A reason of our own: without one the abort makes an exception with a stack trace.
    this.#controller.abort("called off");
    this.#controller = new AbortController();
    this.#armedForMs = null;
  }

  // What is added while others ring waits for the next turn of the event loop, though it be due at once.
  #ring(): void {
    this.#armedForMs = null;
    const nowMs = this.#clock.ticksMs();
    const due: Call[] = [];
    for (let first = this.#first(); first !== undefined && first.dueMs - nowMs < EARLY_MS; first = this.#first()) {
      this.#pop();
      due.push(first);
    }
    try {
      for (let call = due.shift(); call !== undefined; call = due.shift()) {
        if (this.#wanted.delete(call)) call.ring();
      }
    } finally {
      for (const call of due) this.#push(call);
      this.#arm();
    }
  }

  #first(): Call | undefined {
    let first = this.#calls[0];
    while (first !== undefined && !this.#wanted.has(first)) {
      this.#pop();
      first = this.#calls[0];
    }
    return first;
  }

  #push(call: Call): void {
    const calls = this.#calls;
    let at = calls.push(call) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = calls[above];
      if (parent === undefined || parent.dueMs <= call.dueMs) break;
      calls[at] = parent;
      at = above;
    }
    calls[at] = call;
  }

  #pop(): void {
    const calls = this.#calls;
    const last = calls.pop();
    if (last === undefined || calls.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      const left = calls[below];
      const right = calls[below + 1];
      if (left === undefined) break;
      if (right !== undefined && right.dueMs < left.dueMs) below++;
      const child = calls[below];
      if (child === undefined || child.dueMs >= last.dueMs) break;
      calls[at] = child;
      at = below;
    }
    calls[at] = last;
  }
}
