// One agent as `mimolo status` and GET /agents show it.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";

/** What the process does. */
export const AgentState = z.enum([
  "planned",
  "starting",
  "handshaking",
  "running",
  "backing-off",
  "stopping",
  "stopped",
  "quarantined",
  "blocked",
]);
export type AgentState = z.infer<typeof AgentState>;

/** How it does, by its own word and ours; the worse wins. */
export const AgentHealth = z.enum(["initializing", "ok", "slowpoke", "degraded", "overload", "failed"]);
export type AgentHealth = z.infer<typeof AgentHealth>;

/** What is done to it. */
export const AgentCondition = z.enum(["free", "throttled", "held"]);
export type AgentCondition = z.infer<typeof AgentCondition>;

/** May it run at all, and if not, why. */
export const Verdict = z.enum([
  "trusted",
  "unsigned",
  "bad-signature",
  "unknown-key",
  "out-of-scope",
  "revoked",
  "expired",
  "modified",
  "missing-file",
  "extra-file",
  "not-allowlisted",
  "downgrade",
  "incompatible",
  "dev",
]);
export type Verdict = z.infer<typeof Verdict>;

const tally = z.record(z.string(), z.int().nonnegative());

/** Since the collector started. */
export const AgentCounters = z.object({
  lines: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Refused lines by refusal code. */
  refused: tally,
  /** Messages let go, by lane. */
  dropped: tally,
  paused_ms: z.number().nonnegative(),
  /** Restarts by cause. */
  restarts: tally,
  queued_bytes: z.int().nonnegative(),
});
export type AgentCounters = z.infer<typeof AgentCounters>;

export const AgentStatus = z.object({
  label: z.string(),
  plugin_id: z.string(),
  instance_id: z.string(),
  /** Of the newest process; null before the first. */
  run_id: z.string().nullable(),
  state: AgentState,
  health: AgentHealth,
  condition: AgentCondition,
  pid: z.int().nullable(),
  restarts: z.int().nonnegative(),
  last_heartbeat_at: Timestamp.nullable(),
  /** Percent of one core; null while it is not metered. */
  cpu_percent: z.number().nullable(),
  cpu_budget_percent: z.number().nullable(),
  memory_mib: z.number().nullable(),
  verdict: Verdict,
  /** While it is `blocked`: why, with the command that helps. */
  blocked: z.string().optional(),
  /** While it runs and is not `ok` or not `free`, or waits to be started again: why, in the words of whoever found it. */
  reason: z.string().optional(),
  /** What it has to say of itself while it is well, such as the state of a check. */
  says: z.string().optional(),
  granted: z.array(z.string()),
  enforced: z.array(z.string()),
  unenforced: z.array(z.string()),
  counters: AgentCounters,
  /** Whether it draws a widget; absent from collectors that know none. */
  widget: z.boolean().optional(),
});
export type AgentStatus = z.infer<typeof AgentStatus>;
