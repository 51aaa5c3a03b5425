import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { AgentConfig, MonitorConfig } from "../config/index.ts";
import type { AgentFacts } from "../agents/agent-facts.ts";
import type { Journal } from "./journal.ts";
import { type AnnouncedMonitor, policyData, samePolicy } from "./policy.ts";

type Announcer = Pick<AgentFacts, "plan" | "monitor" | "snapshot">;

interface Known {
  readonly plan: AgentPlan;
  readonly config: AgentConfig;
  readonly monitor: AnnouncedMonitor | null;
  /** When the process started that announced it. */
  readonly startedAtMs?: number | null;
}

/** Writes a `policy` record at start and whenever what it says has changed. */
export class PolicyLog {
  readonly #journal: Journal;
  readonly #agents = new Map<string, Known>();
  #last: object | null = null;
  #lastAtMs = Number.NEGATIVE_INFINITY;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** These are the agents from now on. What one announced counts until it runs another plugin. */
  planned(plans: readonly AgentPlan[], monitor: MonitorConfig, atMs: number): void {
    const before = new Map(this.#agents);
    this.#agents.clear();
    for (const plan of plans) {
      const known = before.get(plan.label);
      const announced = known?.plan.pluginId === plan.pluginId ? known.monitor : monitorOf(plan);
      this.#agents.set(plan.label, { plan, config: plan.config, monitor: announced });
    }
    this.#note(monitor, atMs);
  }

  /** An agent said what it is. One that is no longer planned changes nothing. The first word of a process holds since its start,
   *  as what it saw may be older than its word, but never before another policy. */
  announced(agent: Announcer, monitor: MonitorConfig, nowMs: number): void {
    const { plan, monitor: announced, snapshot } = agent;
    const { startedAtMs } = snapshot;
    const known = this.#agents.get(plan.label);
    if (known?.plan.pluginId !== plan.pluginId) return;
    const isFirst = startedAtMs !== null && known.startedAtMs !== startedAtMs;
    this.#agents.set(plan.label, { ...known, monitor: announced, startedAtMs });
    this.#note(monitor, isFirst ? Math.max(this.#lastAtMs, Math.min(startedAtMs, nowMs)) : nowMs);
  }

  #note(monitor: MonitorConfig, atMs: number): void {
    const data = policyData(monitor, this.#agents, atMs);
    if (samePolicy(this.#last, data)) return;
    this.#last = data;
    this.#lastAtMs = atMs;
    this.#journal.policy(data);
  }
}

/** What it says of itself before it runs. */
function monitorOf({ builtin, program }: AgentPlan): AnnouncedMonitor | null {
  return builtin?.monitor ?? program.manifest?.monitor ?? null;
}
