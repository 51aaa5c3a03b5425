// The JSON documents about what plugins do for each other and for people: calls, messages, rules, statistics.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";
import { PluginInterface } from "../plugin/interface.ts";

/** A call that was answered. */
export const InvokeReport = z.object({
  plugin_id: z.string(),
  /** The agent that answered. */
  label: z.string(),
  interface: PluginInterface,
  method: z.string(),
  ok: z.literal(true),
  /** What the plugin answered; null when it had nothing to say. */
  data: z.unknown(),
  took_ms: z.number().nonnegative(),
});
export type InvokeReport = z.infer<typeof InvokeReport>;

/** A command of a plugin that was carried out: `mimolo x`, and the event `plugin:command`. */
export const CommandReport = z.object({
  plugin_id: z.string(),
  command: z.string(),
  args: z.array(z.string()),
  result: z.unknown(),
});
export type CommandReport = z.infer<typeof CommandReport>;

/** A message that somebody handled. */
export const MessageReport = z.object({
  /** The plugin that handled it. */
  to: z.string(),
  type: z.string(),
  /** How sure it was that it can, 0 to 1; absent when it was addressed. */
  confidence: z.number().min(0).max(1).optional(),
  /** What it answered. */
  data: z.unknown(),
});
export type MessageReport = z.infer<typeof MessageReport>;

/** What calls to a plugin cost and how they ended, and what its agents use. */
export const PluginStats = z.object({
  plugin_id: z.string(),
  /** Calls that reached it: answered, failed and timed out. */
  executions: z.int().nonnegative(),
  failures: z.int().nonnegative(),
  last_execution_at: Timestamp.nullable(),
  /** Microseconds; null before the first one. */
  avg_execution_time_us: z.number().nonnegative().nullable(),
  p95_us: z.number().nonnegative().nullable(),
  /** Share of the executions that failed, 0 to 1. */
  error_rate: z.number().min(0).max(1),
  throughput_per_min: z.number().nonnegative(),
  /** Of one core, its agents together; null when nobody measured. */
  cpu_percent: z.number().nonnegative().nullable(),
  memory_mib: z.number().nonnegative().nullable(),
  /** Bytes read from and written to disks; null where the system does not tell. */
  io_bytes: z.int().nonnegative().nullable(),
  /** The worst of its agents; `stopped` when none runs. */
  health: z.string(),
});
export type PluginStats = z.infer<typeof PluginStats>;

/** `GET /telemetry?from&to`: the same for every plugin and a range of time. */
export const TelemetryReport = z.object({ from: Timestamp, to: Timestamp, plugins: z.array(PluginStats) });
export type TelemetryReport = z.infer<typeof TelemetryReport>;

/** `mimolo report plugin:ID`: a row for each part of the range in which it ran or was called. */
export const PluginReport = z.object({
  plugin_id: z.string(),
  from: Timestamp,
  to: Timestamp,
  rows: z.array(
    PluginStats.omit({ plugin_id: true }).extend({
      /** The part's begin. */
      key: z.string(),
      /** Seconds in which an agent of the plugin ran. */
      duration_s: z.number().nonnegative(),
    }),
  ),
  totals: PluginStats.omit({ plugin_id: true }).extend({ duration_s: z.number().nonnegative() }),
});
export type PluginReport = z.infer<typeof PluginReport>;

/** A rule as it stands, and what became of it. */
export const RuleReport = z.object({
  name: z.string(),
  when: z.object({
    source: z.string(),
    agent: z.string().optional(),
    event: z.string().optional(),
    where: z.string().optional(),
  }),
  do: z.object({ plugin: z.string(), params: z.record(z.string(), z.unknown()) }),
  /** The most runs in a minute. */
  limit: z.number().optional(),
  /** Where it is written. */
  from: z.object({ file: z.string(), line: z.int().optional() }).optional(),
  runs: z.int().nonnegative(),
  failures: z.int().nonnegative(),
  /** Times it was held back by its limit, or cut as a loop. */
  limited: z.int().nonnegative(),
  cut: z.int().nonnegative(),
  last_run_at: Timestamp.nullable(),
  /** The last run that failed, and why; absent when none did. */
  last_failure: z.object({ at: Timestamp, message: z.string() }).optional(),
  /** Why it cannot run as things stand, with the fix; null when it can. */
  trouble: z.string().nullable(),
});
export type RuleReport = z.infer<typeof RuleReport>;

/** `mimolo rules list`, `GET /rules`. */
export const RulesReport = z.object({ rules: z.array(RuleReport) });
export type RulesReport = z.infer<typeof RulesReport>;

/** `mimolo rules test EVENT`, `POST /rules/test`: what each rule would do; nothing is done. */
export const RulesTestReport = z.object({
  rules: z.array(
    z.object({
      name: z.string(),
      fires: z.boolean(),
      /** One sentence: what matched, or what did not. */
      reason: z.string(),
      /** What would be executed. */
      would: z.object({ plugin: z.string(), params: z.unknown(), context: z.unknown() }).optional(),
    }),
  ),
});
export type RulesTestReport = z.infer<typeof RulesTestReport>;
