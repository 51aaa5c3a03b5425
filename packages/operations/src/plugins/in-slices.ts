// Long work as a generator that pauses wherever it may: done at once, or between other things.
import { setImmediate as otherThings } from "node:timers/promises";

/** Work that can be left alone at each `yield` and comes to a result. */
export type Pausing<Result> = Generator<undefined, Result, undefined>;

/** As long as nobody notices. */
const SLICE_MS = 4;

export function atOnce<Result>(work: Pausing<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Lets everything else go on every few milliseconds. Rejects with what the work throws. */
export async function inSlices<Result>(work: Pausing<Result>): Promise<Result> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    await otherThings();
  }
}
