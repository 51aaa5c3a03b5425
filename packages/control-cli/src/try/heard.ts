// What a message adds to what is known of this life.
import type { SessionEvent, SessionState } from "./session-state.ts";

const STANDS_FOR_HANDSHAKE: readonly string[] = ["handshake", "heartbeat", "summary", "status", "error"];
/** Different errors that are kept; more are only counted. */
const MOST_ERRORS = 3;
/** A process that was told to end sooner had no time to say anything. */
const NO_TIME_MS = 1000;

export function heard(state: SessionState, { type, error }: Extract<SessionEvent, { what: "said" }>): SessionState {
  const messages = { ...state.messages, [type]: (state.messages[type] ?? 0) + 1 };
  const isIntroduced = state.isIntroduced || STANDS_FOR_HANDSHAKE.includes(type);
  if (error === undefined) return { ...state, messages, isIntroduced };
  const errors = [...new Set([...state.errors, error])].slice(0, MOST_ERRORS);
  return { ...state, messages, isIntroduced, errors, errorCount: state.errorCount + 1 };
}

/** Why a life that ended came to nothing; null where it did not, or was ended before it could begin. */
export function neverStarted(state: SessionState, how: string, atMs: number): string | null {
  if (state.isIntroduced) return null;
  if (state.phase !== "ending") return `it ended with ${how} before it introduced itself`;
  const sinceMs = atMs - state.startedMs;
  if (sinceMs < NO_TIME_MS) return null;
  return `it had not introduced itself after ${(sinceMs / 1000).toFixed(1)} s`;
}
