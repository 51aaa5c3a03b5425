import type { AgentStatus, StatusReport } from "@mimolo/protocol";
import type { MonitorConfig } from "./config/index.ts";
import { version } from "./version.ts";

/** The `status` document: the collector, and every agent. */
export function statusReport(
  collector: { startedAtMs: number; nowMs: number; dev: boolean; dataDir: string; address: string | null },
  monitor: MonitorConfig,
  agents: AgentStatus[],
): StatusReport {
  const sum = agents.reduce((total, agent) => total + (agent.cpu_budget_percent ?? 0), 0);
  return {
    collector: {
      pid: process.pid,
      started_at: new Date(collector.startedAtMs).toISOString(),
      uptime_s: Math.max(0, Math.round((collector.nowMs - collector.startedAtMs) / 1000)),
      mode: collector.dev ? "dev" : "release",
      data_dir: collector.dataDir,
      version,
      address: collector.address,
      budget: {
        // Tenths of a percent add up with a tail of digits that nobody measured.
        sum: Math.round(sum * 1e6) / 1e6,
        scale: 1,
        reasons: ["CPU and memory are not metered by this version: budgets are told to agents, not enforced"],
        ops: monitor.ops_cpu_budget_percent,
        total: monitor.global_total_cpu_budget_percent,
      },
    },
    agents,
  };
}
