import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { LoadedConfig } from "../config/index.ts";

/** A configuration with what it means here. */
export interface Planned {
  /** As files, environment and code have it. */
  readonly written: LoadedConfig;
  /** The one in effect: with what was changed while a collector ran, and with what plugins need. */
  readonly config: LoadedConfig;
  readonly plans: readonly AgentPlan[];
}
