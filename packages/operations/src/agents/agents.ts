import { CollectorError } from "../error.ts";
import type { Instances } from "../instances.ts";
import { CollectedAgent } from "./agent.ts";
import type { AgentPlan } from "./plan.ts";
import type { AgentSurroundings } from "./surroundings.ts";

/** All agents of a collector, by label. */
export class Agents {
  readonly #agents: ReadonlyMap<string, CollectedAgent>;

  constructor(plans: readonly AgentPlan[], instances: Instances, around: AgentSurroundings) {
    this.#agents = new Map(
      plans.map((plan) => [plan.label, new CollectedAgent(plan, instances.idOf(plan.label, plan.pluginId), around)]),
    );
  }

  /** Every agent, in the order of the configuration. */
  all(): CollectedAgent[] {
    return [...this.#agents.values()];
  }

  /** Throws `CollectorError` `unknown-agent` with the labels there are. */
  get(label: string): CollectedAgent {
    const agent = this.#agents.get(label);
    if (agent !== undefined) return agent;
    const known = [...this.#agents.keys()].join(", ") || "none";
    throw new CollectorError("unknown-agent", `there is no agent "${label}"`, `agents here: ${known}`);
  }

  start(): void {
    for (const agent of this.all()) agent.start();
  }

  /** Resolves when no process of any agent is left. */
  async stop(options: { hurry?: boolean } = {}): Promise<void> {
    await Promise.all(this.all().map((agent) => agent.stop(options)));
  }

  hurry(): void {
    for (const agent of this.all()) agent.hurry();
  }
}
