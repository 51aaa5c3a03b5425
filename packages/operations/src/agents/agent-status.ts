import type { AgentStatus } from "@mimolo/protocol";
import type { AgentSnapshot } from "@mimolo/supervisor";
import type { MonitorConfig } from "../config/index.ts";
import { cpuBudgetPercent } from "./budget.ts";
import { enforced, unenforced } from "./enforcement.ts";
import type { AgentPlan } from "./plan.ts";

/** One entry of `status.agents`, as interfaces.md fixes it. `cpu_percent` and `memory_mib` are `null`: not metered yet. */
export function agentStatus(
  plan: AgentPlan,
  instanceId: string,
  snapshot: AgentSnapshot,
  monitor: MonitorConfig,
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
    cpu_percent: null,
    cpu_budget_percent: cpuBudgetPercent(plan.config, monitor),
    memory_mib: null,
    verdict: plan.verdict,
    granted: [...(plan.builtin?.capabilities ?? [])],
    enforced: [...enforced],
    unenforced: [...unenforced],
    counters,
  };
}
