import type { AgentConfig, MonitorConfig } from "../config/index.ts";

/** Percent of one core an agent may use: its own wish or the default, never above the maximum. Reported to the agent
 *  in the handshake's ack and shown in `status`. */
export function cpuBudgetPercent(agent: AgentConfig, monitor: MonitorConfig): number {
  return Math.min(agent.cpu_budget_percent ?? monitor.main_system_max_cpu_per_plugin, monitor.max_plugin_cpu_percent);
}

/** MiB an agent may use; told to the agent. */
export function memoryMib(agent: AgentConfig, monitor: MonitorConfig): number {
  return agent.memory_mib ?? monitor.plugin_memory_mib;
}
