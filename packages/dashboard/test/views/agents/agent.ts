import type { AgentStatus } from "@mimolo/protocol";

/** An agent that does well, with what is different about it. */
export function agent(more: Partial<AgentStatus> = {}): AgentStatus {
  return {
    label: "load",
    plugin_id: "mimolo.system-load",
    instance_id: "0d8f1e5c-7f58-4f0e-9d52-0a6f3f2f7c11",
    run_id: null,
    state: "running",
    health: "ok",
    condition: "free",
    pid: 4711,
    restarts: 0,
    last_heartbeat_at: "2026-11-21T20:00:00.000Z",
    cpu_percent: 0.2,
    cpu_budget_percent: 2,
    memory_mib: 38.5,
    verdict: "trusted",
    granted: [],
    enforced: [],
    unenforced: [],
    counters: { lines: 1, bytes: 2, refused: {}, dropped: {}, paused_ms: 0, restarts: {}, queued_bytes: 0 },
    ...more,
  };
}
