import type { AgentFacts } from "./surroundings.ts";
import type { IntakeOwner } from "./intake-doors.ts";

/** Whose words an intake takes; what vouches for them is that of the process that speaks. */
export function intakeOwner(agent: Pick<AgentFacts, "plan" | "instanceId">): IntakeOwner {
  const { plan, instanceId } = agent;
  return {
    agentLabel: plan.label,
    instanceId,
    pluginId: plan.pluginId,
    get trust() {
      return agent.plan.verdict === "dev" ? "dev" : "trusted";
    },
    dataHeader: plan.config.data_header,
  };
}
