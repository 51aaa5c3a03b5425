import { mkdirSync } from "node:fs";
import { agentEnvironment, type SupervisedAgentOptions } from "@mimolo/supervisor";
import type { MonitorConfig } from "../config/index.ts";
import { agentDirectory } from "../data-directory.ts";
import type { AgentPlan } from "./plan.ts";
import type { AgentSurroundings } from "./surroundings.ts";

/** The command line an agent is spawned with, in its scrubbed environment; makes its own folder. */
export function agentCommand(
  plan: AgentPlan,
  instanceId: string,
  { directory, env }: Pick<AgentSurroundings, "directory" | "env">,
): SupervisedAgentOptions["command"] {
  const own = agentDirectory(directory, plan.pluginId, instanceId);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const identity = {
    label: plan.label,
    instanceId,
    dataDir: directory.agentsRoot,
    agentDataDir: own,
    config: plan.settings,
    extra: plan.env,
  };
  return { executable: plan.executable, args: plan.args, cwd: plan.cwd, environment: agentEnvironment(identity, env) };
}

/** How long the supervisor waits for an agent's words. */
export function agentPatience(plan: AgentPlan, monitor: MonitorConfig): NonNullable<SupervisedAgentOptions["policy"]> {
  return {
    heartbeatIntervalMs: plan.config.heartbeat_interval_s * 1000,
    heartbeatTimeoutMs: monitor.agent_heartbeat_timeout_s * 1000,
    startupTimeoutMs: monitor.startup_timeout_s * 1000,
  };
}
