// What is to be said about now, in one word and one sentence.
import type { AgentStatus, Segment } from "@mimolo/protocol";

export interface DayState {
  readonly name: "looking" | "unwatched" | "working" | "pausing" | "idle" | "before";
  /** The last sign of work, or where this state began; `null` where there is none. */
  readonly sinceMs: number | null;
}

/** A pause that is no news yet: agents report once in a while. */
const QUIET_MS = 150_000;

export interface Known {
  readonly agents: readonly Pick<AgentStatus, "state">[] | null;
  readonly hasSegments: boolean;
  readonly open: Pick<Segment, "start" | "end"> | null;
  /** End of the last work of today; `null`: there was none. */
  readonly lastMs: number | null;
  readonly nowMs: number;
}

/** `unwatched`: no agent runs, so nothing can be said; `before`: no work yet today. */
export function dayState({ agents, hasSegments, open, lastMs, nowMs }: Known): DayState {
  if (agents === null || !hasSegments) return { name: "looking", sinceMs: null };
  if (!agents.some(({ state }) => state === "running" || state === "handshaking" || state === "starting"))
    return { name: "unwatched", sinceMs: lastMs };
  if (open !== null) {
    const endMs = Date.parse(open.end);
    if (nowMs - endMs < QUIET_MS) return { name: "working", sinceMs: Date.parse(open.start) };
    return { name: "pausing", sinceMs: endMs };
  }
  return lastMs === null ? { name: "before", sinceMs: null } : { name: "idle", sinceMs: lastMs };
}
