import type { AgentStatus, StatusReport } from "@mimolo/protocol";
import type { CpuEnvelope } from "./budgets/envelope.ts";
import { version } from "./version.ts";

/** The `status` document: the collector, and every agent. */
export function statusReport(
  collector: {
    startedAtMs: number;
    nowMs: number;
    dev: boolean;
    dataDir: string;
    address: string | null;
    http: string | null;
    fault: string | null;
  },
  { sum, scale, reasons, ops, total }: CpuEnvelope,
  agents: AgentStatus[],
): StatusReport {
  return {
    collector: {
      pid: process.pid,
      started_at: new Date(collector.startedAtMs).toISOString(),
      uptime_s: Math.max(0, Math.round((collector.nowMs - collector.startedAtMs) / 1000)),
      mode: collector.dev ? "dev" : "release",
      data_dir: collector.dataDir,
      version,
      address: collector.address,
      http: collector.http,
      budget: { sum, scale, reasons: [...reasons], ops, total },
      ...(collector.fault === null ? {} : { fault: collector.fault }),
    },
    agents,
  };
}
