import { type Cgroup, type Guardian, ReadingTurns, type RunFile, SpawnGate } from "@mimolo/supervisor";
import { Agents } from "./agents/agents.ts";
import type { AgentNews } from "./agents/news.ts";
import type { AgentPlan } from "./agents/plan/agent-plan.ts";
import { backstop } from "./agents/backstop.ts";
import { DurableStreams } from "./agents/durable/streams.ts";
import { recordChange } from "./agents/record-change.ts";
import type { OpenedBudgets } from "./budgets/open-budgets.ts";
import type { DiagnosticsLog } from "./diagnostics/log.ts";
import { Instances } from "./instances.ts";
import type { Journal } from "./journal/journal.ts";
import type { PolicyLog } from "./journal/policy-log.ts";
import type { RunParts } from "./run-parts.ts";
import { PluginLives } from "./plugins/life/plugin-lives.ts";
import type { OpenedTrust } from "./trust/open-trust.ts";
import { liveFilter } from "./privacy/live-filter.ts";
import { version } from "./version.ts";

/** What agents are opened upon. */
export interface Ground {
  readonly diagnostics: DiagnosticsLog;
  readonly journal: Journal;
  readonly trust: Pick<OpenedTrust, "audit" | "desk">;
  readonly guardian: Guardian | null;
  readonly cgroup: Cgroup | null;
  readonly runFile: RunFile;
  readonly policy: PolicyLog;
  healthy(plan: AgentPlan): void;
  /** Who hears now what agents say. */
  news(): AgentNews;
}

/** The agents of a collector, none of them started. */
export function openAgents(parts: RunParts, { budgets, priority }: OpenedBudgets, ground: Ground): Agents {
  const { options, config, clock, directory, plans, events } = parts;
  const { diagnostics, journal, trust, guardian, cgroup, runFile, policy } = ground;
  policy.planned(plans, config.monitor, clock.wallMs());
  return new Agents(plans, new Instances(directory.instances), {
    directory,
    get monitor() {
      return parts.config.monitor;
    },
    clock,
    spawn: options.spawn,
    gate: new SpawnGate({ clock }),
    turns: new ReadingTurns(),
    budgets,
    privacy: liveFilter(() => parts.config.privacy),
    priority,
    get ground() {
      return parts.planner.ground;
    },
    audit: trust.audit,
    get news() {
      return ground.news();
    },
    guardian,
    runFile,
    journal,
    streams: new DurableStreams(journal.marks),
    version,
    env: options.env ?? process.env,
    secrets: diagnostics.scrub,
    diagnostics: (line) => diagnostics.write(line),
    droppedLogs: (label) => diagnostics.droppedLogs(label),
    changed: (agent, change) => {
      backstop(cgroup, agent.label, change, budgets);
      recordChange(agent, change, { clock, journal, diagnostics, events });
    },
    healthy: (plan) => {
      ground.healthy(plan);
      const { program, pluginId, version: healthy } = plan;
      // A mark that cannot be written now is made at the next start.
      if (program.kind === "package" && healthy !== null)
        void trust.desk.proved(pluginId, healthy).catch(() => undefined);
    },
    hooks: options.hooks,
    lives: new PluginLives(events),
    announced: (agent) => policy.announced(agent, parts.config.monitor, clock.wallMs()),
  });
}
