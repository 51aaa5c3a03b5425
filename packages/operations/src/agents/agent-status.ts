import type { AgentStatus } from "@mimolo/protocol";
import type { AgentSnapshot } from "@mimolo/supervisor";
import type { AgentFacts } from "./surroundings.ts";

/** What an agent may use and does use; `null`: not metered yet. Percent of one core, MiB. */
export interface Spending {
  readonly cpuPercent: number | null;
  readonly cpuBudgetPercent: number;
  readonly memoryMib: number | null;
}

/** One entry of `status.agents`, as interfaces.md fixes it. */
export function agentStatus(
  { plan, instanceId, enforcement }: AgentFacts,
  snapshot: AgentSnapshot,
  spending: Spending,
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
    ...(snapshot.state === "blocked" && plan.blocked !== null ? { blocked: plan.blocked } : {}),
    granted: [...plan.granted],
    enforced: [...enforcement.enforced],
    unenforced: [...enforcement.unenforced],
    counters,
  };
}

const rounded = (value: number | null, parts: number) => (value === null ? null : Math.round(value * parts) / parts);
