import type { Clock } from "@mimolo/supervisor";
import type { AgentPlan } from "./agents/plan/agent-plan.ts";
import type { Planner } from "./agents/plan/planner.ts";
import type { CollectorOptions } from "./collector-options.ts";
import type { LoadedConfig } from "./config/index.ts";
import type { ConfigInEffect } from "./config-in-effect.ts";
import type { DataDirectory } from "./data-directory.ts";
import type { Emitter } from "./emitter.ts";
import type { CollectorEvents } from "./events.ts";
import type { Overrides } from "./overrides/overrides.ts";
import type { Planned } from "./reload/planned.ts";

/** What a collector was made of. `config` and `plans` are those that hold now. */
export interface RunParts {
  readonly options: CollectorOptions;
  readonly config: LoadedConfig;
  readonly clock: Clock;
  readonly directory: DataDirectory;
  readonly plans: readonly AgentPlan[];
  readonly events: Emitter<CollectorEvents>;
  /** The same in one, with what is written below what is in effect. */
  readonly current: Planned;
  /** What is laid over what is written. */
  readonly effect: ConfigInEffect;
  /** What of that is kept over restarts. */
  readonly overrides: Overrides;
  /** Makes another configuration the one that `config` and `plans` speak of. */
  adopt(next: Planned): void;
  readonly planner: Planner;
  shutdown(): void;
}
