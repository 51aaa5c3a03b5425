import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { agentEnvironment, openedNames, type SpawnRequest, type SupervisedAgentOptions } from "@mimolo/supervisor";
import type { MonitorConfig } from "../config/index.ts";
import { agentDirectory, type DataDirectory } from "../data-directory.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { AgentSurroundings } from "./surroundings.ts";

/** The one folder that is an agent's own. */
export function ownFolderOf(plan: AgentPlan, instanceId: string, directory: DataDirectory): string {
  return agentDirectory(directory, plan.pluginId, instanceId);
}

/** The command line an agent is spawned with, in its scrubbed environment; makes its own folder. `settings`: what it is given to
 *  read, secrets and all. */
export function agentCommand(
  plan: AgentPlan,
  settings: Readonly<Record<string, unknown>>,
  instanceId: string,
  { directory, env }: Pick<AgentSurroundings, "directory" | "env">,
): SpawnRequest {
  const own = ownFolderOf(plan, instanceId, directory);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const identity = {
    label: plan.label,
    instanceId,
    dataDir: directory.agentsRoot,
    agentDataDir: own,
    config: settings,
    extra: { ...openedNames(new Set(plan.granted), env), ...cacheOf(plan, own), ...plan.env },
  };
  return { executable: plan.executable, args: plan.args, cwd: plan.cwd, environment: agentEnvironment(identity, env) };
}

/** Python would leave its bytecode among the files of a plugin, which then were not those that were signed. */
function cacheOf({ program }: AgentPlan, own: string): Record<string, string> {
  return program.folder === null ? {} : { PYTHONPYCACHEPREFIX: join(own, "pycache") };
}

/** How long the supervisor waits for an agent's words. */
export function agentPatience(plan: AgentPlan, monitor: MonitorConfig): NonNullable<SupervisedAgentOptions["policy"]> {
  return {
    heartbeatIntervalMs: plan.config.heartbeat_interval_s * 1000,
    heartbeatTimeoutMs: monitor.agent_heartbeat_timeout_s * 1000,
    startupTimeoutMs: monitor.startup_timeout_s * 1000,
  };
}
