import type { LogLine, PrivacyFilter } from "@mimolo/protocol";
import type { AgentChange, Clock, Guardian, ReadingTurns, RunFile, Spawn, SpawnGate } from "@mimolo/supervisor";
import type { Budgets } from "../budgets/budgets.ts";
import type { Priority } from "../budgets/priority.ts";
import type { MonitorConfig } from "../config/index.ts";
import type { DataDirectory } from "../data-directory.ts";
import type { Journal } from "../journal/journal.ts";
import type { PluginHooks } from "../plugins/life/hooks.ts";
import type { PluginLives } from "../plugins/life/plugin-lives.ts";
import type { Scrub } from "../secrets/scrub.ts";
import type { AuditLog } from "../trust/audit-log.ts";
import type { DurableStreams } from "./durable/streams.ts";
import type { AgentFacts } from "./agent-facts.ts";
import type { AgentNews } from "./news.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { TrustGround } from "./plan/ground.ts";

/** What every agent of one collector shares. */
export interface AgentSurroundings {
  readonly directory: DataDirectory;
  readonly monitor: MonitorConfig;
  readonly clock: Clock;
  readonly spawn?: Spawn | undefined;
  readonly gate: SpawnGate;
  readonly turns: ReadingTurns;
  readonly budgets: Budgets;
  /** The privacy rules that hold now. */
  readonly privacy: () => PrivacyFilter;
  readonly priority: Priority;
  readonly guardian: Guardian | null;
  readonly runFile: RunFile;
  readonly journal: Journal;
  readonly streams: DurableStreams;
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  /** What decides about programs, as it stands now. */
  readonly ground: TrustGround;
  readonly audit: Pick<AuditLog, "note">;
  /** Who hears what it says that concerns other plugins; changes. */
  readonly news: AgentNews;
  /** Is told what an agent was given that nobody is to read, and takes it out of texts. */
  readonly secrets: Pick<Scrub, "clean" | "learn">;
  diagnostics(line: LogLine): void;
  /** How many lines of an agent's log newer ones pushed out. */
  droppedLogs(label: string): number;
  changed(agent: AgentFacts, change: AgentChange): void;
  /** A version of a package proved healthy: it runs, and says so where it says such things. */
  healthy(plan: AgentPlan): void;
  /** What the embedder does at the steps of a plugin's life. */
  readonly hooks?: PluginHooks | undefined;
  /** How far the plugins have come; every agent tells. */
  readonly lives: PluginLives;
  announced(agent: AgentFacts): void;
}
