/** When an agent is asked for its next summary. Pure: state in, state out; times in milliseconds of a monotonic clock. */

const QUIET_SUMMARIES = 3;
const MAX_INTERVAL_MS = 600_000;

export interface FlushState {
  readonly baseMs: number;
  readonly intervalMs: number;
  readonly dueMs: number;
  readonly lastAskedMs: number;
  /** Summaries in a row in which an active agent saw no work. */
  readonly quiet: number;
}

/** The first flush comes one interval after the agent runs. */
export function firstFlush(baseMs: number, nowMs: number): FlushState {
  return { baseMs, intervalMs: baseMs, dueMs: nowMs + baseMs, lastAskedMs: nowMs, quiet: 0 };
}

/** The agent was asked just now. */
export function asked(state: FlushState, nowMs: number): FlushState {
  return { ...state, lastAskedMs: nowMs, dueMs: nowMs + state.intervalMs };
}

/** A summary came. `worked`: `null` for passive agents, which keep their interval. After three quiet ones the
 *  interval doubles, up to ten minutes; work brings the configured one back at once. */
export function summarized(state: FlushState, worked: boolean | null): FlushState {
  if (worked === null) return state;
  const quiet = worked ? 0 : state.quiet + 1;
  const doubled = Math.min(state.intervalMs * 2, Math.max(MAX_INTERVAL_MS, state.baseMs));
  const intervalMs = worked ? state.baseMs : quiet >= QUIET_SUMMARIES ? doubled : state.intervalMs;
  const dueMs = state.lastAskedMs + intervalMs;
  // Of most summaries there is nothing new to keep.
  if (quiet === state.quiet && intervalMs === state.intervalMs && dueMs === state.dueMs) return state;
  return { ...state, quiet, intervalMs, dueMs };
}

/** The agent says changes wait: it is asked as soon as the configured interval has passed. */
export function pending(state: FlushState, nowMs: number): FlushState {
  return { ...state, dueMs: Math.min(state.dueMs, Math.max(nowMs, state.lastAskedMs + state.baseMs)) };
}
