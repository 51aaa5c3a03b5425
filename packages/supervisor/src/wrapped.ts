import { constants } from "node:os";
import { descendantsOf } from "./process-facts.ts";
import type { Exit } from "./standing.ts";

const ABOVE = 128;
/** Of two names of one signal the first, as Node itself has it: SIGABRT, not SIGIOT. */
const NAMES = new Map(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name]),
);

/** How what was wrapped ended: a code of 128 + n is the wrapper's word for signal n. */
export function howTheWrappedEnded(code: number | null, signal: string | null): Exit {
  const name = code === null ? undefined : NAMES.get(code - ABOVE);
  return name === undefined ? { code, signal } : { code: null, signal: name };
}

/** Asks everybody behind a wrapper to end, but not the wrapper: its death would take those along who wanted to say their last
 *  words. False when there is nobody behind it. */
export function terminateTheWrapped(wrapper: number): boolean {
  let found = false;
  for (const pid of descendantsOf(wrapper)) {
    try {
      found = process.kill(pid, "SIGTERM") || found;
    } catch {
      continue;
    }
  }
  return found;
}
