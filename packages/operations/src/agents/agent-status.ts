import type { AgentStatus } from "@mimolo/protocol";
import type { AgentSnapshot } from "@mimolo/supervisor";
import type { AgentFacts } from "./agent-facts.ts";

/** What an agent may use and does use; `null`: not metered yet. Percent of one core, MiB. */
export interface Spending {
  readonly cpuPercent: number | null;
  readonly cpuBudgetPercent: number;
  readonly memoryMib: number | null;
}

/** What the collector refused, left out or dropped of an agent's beyond what its supervisor saw. */
export interface Uncounted {
  readonly refused: Iterable<readonly [string, number]>;
  readonly logs: number;
  readonly frames: number;
  readonly duplicates: number;
  /** Of others, that it subscribed to. */
  readonly events: number;
  /** To what it asked. */
  readonly answers: number;
  /** Its own, to calls that nobody waits for. */
  readonly late: number;
}

/** The snapshot with those in its counters; drops of none are not listed. */
export function countedToo(snapshot: AgentSnapshot, uncounted: Uncounted): AgentSnapshot {
  const { counters } = snapshot;
  const { refused, logs, frames, duplicates, events, answers, late } = uncounted;
  const kinds = { log: logs, frame: frames, duplicate: duplicates, events, answers, late_answers: late };
  const dropped = Object.entries(kinds).filter(([, count]) => count > 0);
  return {
    ...snapshot,
    counters: {
      ...counters,
      refused: { ...counters.refused, ...Object.fromEntries(refused) },
      dropped: { ...counters.dropped, ...Object.fromEntries(dropped) },
    },
  };
}

/** One entry of `status.agents`, as interfaces.md fixes it. */
export function agentStatus(
  { plan, instanceId, enforcement, widget }: AgentFacts & { readonly widget: { readonly isDrawn: boolean | null } },
  snapshot: AgentSnapshot,
  spending: Spending,
  { reason, says }: { readonly reason: string | undefined; readonly says: string | undefined },
): AgentStatus {
  const { counters, lastHeartbeatAtMs } = snapshot;
  return {
    label: plan.label,
    plugin_id: plan.pluginId,
    instance_id: instanceId,
    run_id: snapshot.runId,
    state: snapshot.state,
    health: snapshot.health,
    condition: snapshot.condition,
    pid: snapshot.pid,
    restarts: snapshot.restarts,
    last_heartbeat_at: lastHeartbeatAtMs === null ? null : new Date(lastHeartbeatAtMs).toISOString(),
    cpu_percent: rounded(spending.cpuPercent, 1_000),
    cpu_budget_percent: spending.cpuBudgetPercent,
    memory_mib: rounded(spending.memoryMib, 10),
    verdict: plan.verdict,
    ...whyBlocked(plan.blocked, snapshot),
    ...(reason === undefined ? {} : { reason }),
    ...(says === undefined ? {} : { says }),
    granted: [...plan.granted],
    enforced: [...enforcement.enforced],
    unenforced: [...enforcement.unenforced],
    counters,
    widget: widget.isDrawn === true,
  };
}

/** A plan says it before every launch; what only a launch finds out, such as a secret that is not there, the snapshot does. */
function whyBlocked(planned: string | null, { state, cause }: AgentSnapshot): Pick<AgentStatus, "blocked"> {
  const blocked = planned ?? (cause.startsWith(BLOCKED_BY) ? cause.slice(BLOCKED_BY.length) : null);
  return state === "blocked" && blocked !== null ? { blocked } : {};
}

const BLOCKED_BY = "blocked: ";

const rounded = (value: number | null, parts: number) => (value === null ? null : Math.round(value * parts) / parts);
