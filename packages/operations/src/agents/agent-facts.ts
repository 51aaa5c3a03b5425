import type { PluginState } from "@mimolo/protocol";
import type { AnnouncedMonitor } from "../journal/policy.ts";
import type { Enforcement } from "./enforcement.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";

/** One configured instance, as the rest of the collector knows it. */
export interface AgentFacts {
  readonly label: string;
  readonly instanceId: string;
  readonly plan: AgentPlan;
  /** What the process is given to read: those of the plan, with what their references name. Nobody else gets them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What holds the process that runs, or ran last. */
  readonly enforcement: Enforcement;
  /** What the agent announced about itself, if it is a monitor. */
  readonly monitor: AnnouncedMonitor | null;
  /** When the process that runs was started, by the wall clock. */
  readonly snapshot: { readonly startedAtMs: number | null };
  /** Whether a process of it runs and was accepted. */
  readonly isRunning: boolean;
  /** How far its plugin has come, as far as it goes. */
  readonly life: PluginState;
}
