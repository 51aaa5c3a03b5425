import type { GroupUsage } from "@mimolo/supervisor";
import type { CollectedAgent } from "./agents/agent.ts";
import type { Agents } from "./agents/agents.ts";
import type { AgentNews } from "./agents/news.ts";
import type { AgentPlan } from "./agents/plan/agent-plan.ts";
import type { Inventory } from "./artifacts/index/inventory.ts";
import type { Budgets } from "./budgets/budgets.ts";
import type { entry } from "./diagnostics/entry.ts";
import type { Journal } from "./journal/journal.ts";
import type { PolicyLog } from "./journal/policy-log.ts";
import type { AskAboutSettings } from "./plugins/switch/asked-first.ts";
import type { SegmentKeeper } from "./segments/keeper.ts";
import type { AuditLog } from "./trust/audit-log.ts";
import type { Desk } from "./trust/desk.ts";
import type { Tries } from "./trust/trial.ts";

/** Those who are made of what is opened, and whom it has to tell things. */
export interface Listeners {
  /** What runs goes by another state of trust. */
  trustChanged?: () => void;
  /** What this plan runs does well. */
  healthy?: (plan: AgentPlan) => void;
  /** These are about to be started. */
  planned?: (plans: readonly AgentPlan[]) => void;
  tries?: Tries;
  /** This plugin was taken out. */
  removed?: (pluginId: string) => Promise<void>;
  /** What agents say that concerns other plugins. */
  news?: AgentNews;
  judgesSettings?: AskAboutSettings;
  /** What everybody with a process uses, read just now. */
  swept?: (usages: ReadonlyMap<CollectedAgent, GroupUsage>) => void;
}

/** Everything a running collector holds. */
export interface Opened {
  readonly journal: Journal;
  /** The artifacts that evidence refers to. */
  readonly inventory: Inventory;
  readonly agents: Agents;
  readonly policy: PolicyLog;
  readonly budgets: Budgets;
  readonly segments: SegmentKeeper;
  /** Where trust is changed while it runs. */
  readonly desk: Desk;
  readonly audit: Pick<AuditLog, "note">;
  /** Goes by what the files of trust say now. */
  trustChanged(): void;
  /** Who is told of all that, once there is somebody. */
  readonly listeners: Listeners;
  /** Closes all of it, newest first, the lock last. Rejects when the ledger could not take everything. */
  close(): Promise<void>;
  /** Writes a line of the collector's own to the diagnostics. */
  say(what: Parameters<typeof entry>[2]): void;
  /** A text without the secrets that agents were given. */
  clean(text: string): string;
}
