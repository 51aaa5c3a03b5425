import type { AgentFacts } from "./agent-facts.ts";
import type { IntakeOwner } from "./intake-doors.ts";

/** Whose words an intake takes; what vouches for them is that of the process that speaks. */
export class PlannedOwner implements IntakeOwner {
  readonly agentLabel: string;
  readonly instanceId: string;
  readonly pluginId: string;
  readonly dataHeader: string | undefined;
  readonly #agent: Pick<AgentFacts, "plan">;

  constructor(agent: Pick<AgentFacts, "plan" | "instanceId">) {
    const { plan, instanceId } = agent;
    this.agentLabel = plan.label;
    this.instanceId = instanceId;
    this.pluginId = plan.pluginId;
    this.dataHeader = plan.config.data_header;
    this.#agent = agent;
  }

  get trust(): "dev" | "trusted" {
    return this.#agent.plan.verdict === "dev" ? "dev" : "trusted";
  }
}
