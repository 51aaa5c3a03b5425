import type { AgentPlan } from "../agents/plan.ts";
import type { AgentConfig, MonitorConfig } from "../config/index.ts";
import type { Journal } from "./journal.ts";
import { type AnnouncedMonitor, policyData, samePolicy } from "./policy.ts";

/** Writes a `policy` record at start and whenever what it says has changed. */
export class PolicyLog {
  readonly #journal: Journal;
  readonly #agents = new Map<string, { plan: AgentPlan; config: AgentConfig; monitor: AnnouncedMonitor | null }>();
  #last: object | null = null;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** These are the agents from now on. What one announced counts until it runs another plugin. */
  planned(plans: readonly AgentPlan[], monitor: MonitorConfig, atMs: number): void {
    const before = new Map(this.#agents);
    this.#agents.clear();
    for (const plan of plans) {
      const known = before.get(plan.label);
      const announced = known?.plan.pluginId === plan.pluginId ? known.monitor : (plan.builtin?.monitor ?? null);
      this.#agents.set(plan.label, { plan, config: plan.config, monitor: announced });
    }
    this.#note(monitor, atMs);
  }

  /** An agent said what it is. One that is no longer planned changes nothing. */
  announced(plan: AgentPlan, announced: AnnouncedMonitor | null, monitor: MonitorConfig, atMs: number): void {
    const known = this.#agents.get(plan.label);
    if (known?.plan.pluginId !== plan.pluginId) return;
    this.#agents.set(plan.label, { ...known, monitor: announced });
    this.#note(monitor, atMs);
  }

  #note(monitor: MonitorConfig, atMs: number): void {
    const data = policyData(monitor, this.#agents, atMs);
    if (samePolicy(this.#last, data)) return;
    this.#last = data;
    this.#journal.policy(data);
  }
}
