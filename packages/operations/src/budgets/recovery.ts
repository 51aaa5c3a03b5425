/** An agent that is in overload by its own word samples no more until someone asks it to. As a pure reducer: it is asked after
 *  five minutes, and after twice as long each time it relapses or stays there, up to an hour. Monotonic milliseconds. */

export const FIRST_WAIT_MS = 300_000;
export const LONGEST_WAIT_MS = 3_600_000;

export interface Recovery {
  /** In overload since then, or since it was last asked; `null` while it is not. */
  readonly sinceMs: number | null;
  /** Out of it since then; `null` while it is in, or never was. */
  readonly wellSinceMs: number | null;
  /** How long it is left alone the next time. */
  readonly waitMs: number;
}

/** What is known of an agent that never was in overload. */
export const neverOverloaded: Recovery = { sinceMs: null, wellSinceMs: null, waitMs: FIRST_WAIT_MS };

/** It says whether it is in overload. An hour out of it, and its past is forgotten. */
export function saysOverload(recovery: Recovery, isOverload: boolean, atMs: number): Recovery {
  const { sinceMs, wellSinceMs, waitMs } = recovery;
  if (isOverload === (sinceMs !== null)) return recovery;
  if (!isOverload) return { sinceMs: null, wellSinceMs: atMs, waitMs };
  const isForgotten = wellSinceMs !== null && atMs - wellSinceMs >= LONGEST_WAIT_MS;
  return { sinceMs: atMs, wellSinceMs: null, waitMs: isForgotten ? FIRST_WAIT_MS : waitMs };
}

/** Whether it is to be asked now. */
export function isDue({ sinceMs, waitMs }: Recovery, atMs: number): boolean {
  return sinceMs !== null && atMs - sinceMs >= waitMs;
}

/** It was asked. */
export function askedAgain({ waitMs }: Recovery, atMs: number): Recovery {
  return { sinceMs: atMs, wellSinceMs: null, waitMs: Math.min(LONGEST_WAIT_MS, waitMs * 2) };
}
