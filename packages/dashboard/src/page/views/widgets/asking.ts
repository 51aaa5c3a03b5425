// When to ask for a widget's picture: once when it is seen, when its agent has drawn a new one, when it has expired. One question
// at a time, never two within half a second, and ever more seldom while there is no answer.

/** What is known of one widget's questions. Times are milliseconds of the wall clock. */
export interface Asking {
  readonly isSeen: boolean;
  readonly isAsking: boolean;
  /** A newer picture was announced while one was asked for. */
  readonly isOutdated: boolean;
  readonly failures: number;
  readonly lastAskMs: number;
  /** When the next question is due; `null`: when something happens. */
  readonly dueMs: number | null;
}

export type AskingEvent =
  | { readonly type: "seen" }
  | { readonly type: "unseen" }
  /** The collector said that there is a new picture. */
  | { readonly type: "announced" }
  | { readonly type: "asked" }
  | { readonly type: "answered"; readonly expiresMs: number | null }
  | { readonly type: "refused" };

/** Two questions are this far apart. */
export const PAUSE_MS = 500;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;

export const untouched: Asking = {
  isSeen: false,
  isAsking: false,
  isOutdated: false,
  failures: 0,
  lastAskMs: Number.NEGATIVE_INFINITY,
  dueMs: 0,
};

/** What is known after `event`, at `nowMs`. */
export function stepAsking(asking: Asking, event: AskingEvent, nowMs: number): Asking {
  switch (event.type) {
    case "seen":
      return { ...asking, isSeen: true };
    case "unseen":
      return { ...asking, isSeen: false };
    case "announced":
      return asking.isAsking ? { ...asking, isOutdated: true } : { ...asking, dueMs: soonest(asking, nowMs) };
    case "asked":
      return { ...asking, isAsking: true, isOutdated: false, lastAskMs: nowMs, dueMs: null };
    case "answered": {
      const due = event.expiresMs === null ? null : Math.max(event.expiresMs, soonest(asking, nowMs));
      return {
        ...asking,
        isAsking: false,
        isOutdated: false,
        failures: 0,
        dueMs: asking.isOutdated ? soonest(asking, nowMs) : due,
      };
    }
    case "refused": {
      const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** asking.failures);
      return { ...asking, isAsking: false, isOutdated: false, failures: asking.failures + 1, dueMs: nowMs + delayMs };
    }
  }
}

/** How long until the next question, in milliseconds; `null`: none for now. */
export function untilAsk(asking: Asking, nowMs: number): number | null {
  if (!asking.isSeen || asking.isAsking || asking.dueMs === null) return null;
  return Math.max(0, asking.dueMs - nowMs);
}

function soonest({ lastAskMs }: Asking, nowMs: number): number {
  return Math.max(nowMs, lastAskMs + PAUSE_MS);
}
