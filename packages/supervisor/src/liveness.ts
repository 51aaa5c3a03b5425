import type { LifecyclePolicy } from "./policy.ts";

/** What is known of an agent's silence, on the monotonic clock. */
export interface Silence {
  readonly lastHeardMs: number;
  /** When its status was last asked for because of silence; null: not since it was heard. */
  readonly askedMs: number | null;
}

/** `lively` · `quiet` (degraded) · `ask` (send a status command now) · `waiting` for that answer · `gone` (restart). */
export type LivenessVerdict = "lively" | "quiet" | "ask" | "waiting" | "gone";

/** Judges a silence and says when to look again. */
export function judgeSilence(
  silence: Silence,
  nowMs: number,
  policy: LifecyclePolicy,
): { readonly verdict: LivenessVerdict; readonly lookAgainInMs: number } {
  const silentMs = nowMs - silence.lastHeardMs;
  const quietAfterMs = 2 * policy.heartbeatIntervalMs;
  const askAfterMs = Math.max(policy.heartbeatTimeoutMs, quietAfterMs);
  if (silentMs < quietAfterMs) return { verdict: "lively", lookAgainInMs: quietAfterMs - silentMs };
  if (silentMs < askAfterMs) return { verdict: "quiet", lookAgainInMs: askAfterMs - silentMs };
  if (silence.askedMs === null) return { verdict: "ask", lookAgainInMs: policy.answerMs };
  const waitedMs = nowMs - silence.askedMs;
  if (waitedMs < policy.answerMs) return { verdict: "waiting", lookAgainInMs: policy.answerMs - waitedMs };
  return { verdict: "gone", lookAgainInMs: 0 };
}

/** Time from spawn to handshake that we grant; an agent that only ever beats needs two intervals. */
export function startupDeadlineMs(policy: LifecyclePolicy): number {
  return Math.max(policy.startupTimeoutMs, 2 * policy.heartbeatIntervalMs);
}
