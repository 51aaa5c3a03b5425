import type { AgentChange } from "@mimolo/supervisor";
import type { Happening } from "./happening.ts";

/** Whose change it is. */
export interface ChangedAgent {
  readonly label: string;
  readonly plan: { readonly pluginId: string };
}

/** What rules may wait for in the changes of agents: another state, another health, or both at once. */
export class AgentChanges {
  readonly #healths = new Map<string, string>();

  happenings({ label, plan }: ChangedAgent, change: AgentChange, atMs: number): Happening[] {
    const { state, previous, health, condition, cause, code, signal } = change;
    const common = { agent: label, plugin: plan.pluginId, atMs, state, health };
    const was = this.#healths.get(label);
    this.#healths.set(label, health);
    const found: Happening[] = [];
    if (state !== previous) {
      const data = { state, previous, health, condition, cause, code, signal };
      found.push({ ...common, source: "agent_state", event: state, data });
    }
    // How an agent begins is nothing that became of it.
    if (was !== undefined && was !== health)
      found.push({ ...common, source: "health", event: health, data: { health, previous: was, state, cause } });
    return found;
  }
}
