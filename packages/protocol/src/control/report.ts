// The JSON documents of the control API and of `--json`.
import { z } from "zod";
import { MonitorSpec } from "../message/handshake.ts";
import { Timestamp } from "../message/envelope.ts";
import { LogLevel } from "../message/report.ts";
import { Segment } from "../record/segment.ts";
import { AgentStatus } from "./agent-status.ts";

/** The CPU envelope: what all agents may use together, percent of one core. */
export const BudgetReport = z.looseObject({
  /** Sum of the effective budgets. */
  sum: z.number().nonnegative(),
  /** Factor all budgets were multiplied with to fit; 1 when nothing was cut. */
  scale: z.number().nonnegative(),
  reasons: z.array(z.string()),
});
export type BudgetReport = z.infer<typeof BudgetReport>;

/** `mimolo status --json`. */
export const StatusReport = z.object({
  collector: z.object({
    pid: z.int(),
    started_at: Timestamp,
    uptime_s: z.number().nonnegative(),
    mode: z.enum(["release", "dev"]),
    data_dir: z.string(),
    version: z.string(),
    /** Where it listens; null without a control socket. */
    address: z.string().nullable(),
    /** Where it listens over TCP, `http://127.0.0.1:7466`; null or absent where it does not. */
    http: z.string().nullable().optional(),
    budget: BudgetReport,
    /** Why evidence cannot be written just now, a sentence; absent while all is well. */
    fault: z.string().optional(),
  }),
  agents: z.array(AgentStatus),
});
export type StatusReport = z.infer<typeof StatusReport>;

/** `mimolo timeline --json`. */
export const TimelineReport = z.object({ segments: z.array(Segment), open: Segment.nullable() });
export type TimelineReport = z.infer<typeof TimelineReport>;

/** One day of one ledger; `records` counts its lines. */
export const VerifiedDay = z.object({
  ledger: z.enum(["evidence", "audit"]),
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  state: z.enum(["sealed", "anchored", "open"]),
  records: z.int().nonnegative(),
});
export type VerifiedDay = z.infer<typeof VerifiedDay>;

/** The first place where a ledger is not what was written. */
export const LedgerFault = z.object({
  file: z.string(),
  offset: z.int().nonnegative().nullable(),
  record: z.int().nonnegative().nullable(),
  reason: z.string(),
});
export type LedgerFault = z.infer<typeof LedgerFault>;

/** A commit of a git repository that names a head of the ledger. */
export const ReportedAnchor = z.object({
  n: z.int().nonnegative(),
  at: z.string(),
  repo: z.string(),
  commit: z.string(),
  exists: z.boolean(),
});
export type ReportedAnchor = z.infer<typeof ReportedAnchor>;

/** `mimolo verify --json`. */
export const VerifyReport = z.object({
  ok: z.boolean(),
  days: z.array(VerifiedDay),
  /** Records that were erased, as a record of each says; absent: none. */
  erased: z.array(z.int().positive()).optional(),
  /** Where the head was told to a witness; `exists`: its commit is still there, so that the chain was checked against it. */
  anchors: z.array(ReportedAnchor).optional(),
  fault: LedgerFault.optional(),
});
export type VerifyReport = z.infer<typeof VerifyReport>;

/** Folders beside a plugin's own. Without one in any list, `filesystem` among its capabilities means every file. */
export const PluginFolders = z.object({
  /** Absolute, or below `$PLUGIN`, `$DATA` or `$HOME`. */
  read: z.array(z.string()),
  write: z.array(z.string()),
  /** Names of its settings that hold more paths it reads; of built-in plugins only. */
  settings_read: z.array(z.string()).optional(),
});
export type PluginFolders = z.infer<typeof PluginFolders>;

/** One plugin as `mimolo register` lists it. */
export const RegisteredPlugin = z.object({
  plugin_id: z.string(),
  name: z.string(),
  /** Its own words; absent where it has none. */
  description: z.string().optional(),
  version: z.string(),
  type: z.string(),
  state: z.string(),
  verdict: z.string(),
  path: z.string(),
  interfaces: z.array(z.string()),
  capabilities: z.array(z.string()),
  permissions: z.array(z.string()),
  /** What it says that it reads and writes; absent where it says nothing. */
  filesystem: PluginFolders.optional(),
  monitor: MonitorSpec.optional(),
});
export type RegisteredPlugin = z.infer<typeof RegisteredPlugin>;

/** What stands in the way of a plugin. */
export const PluginProblem = z.object({
  path: z.string(),
  code: z.string(),
  message: z.string(),
  line: z.int().positive().optional(),
});
export type PluginProblem = z.infer<typeof PluginProblem>;

/** `mimolo register --json`. */
export const RegisterReport = z.object({ plugins: z.array(RegisteredPlugin), problems: z.array(PluginProblem) });
export type RegisterReport = z.infer<typeof RegisterReport>;

/** A line of `mimolo logs --json`; the collector's own have no label. */
export const LogLine = z.object({
  at: Timestamp,
  label: z.string().nullable(),
  instance_id: z.string().nullable(),
  run_id: z.string().nullable(),
  type: z.string(),
  level: LogLevel,
  code: z.string().optional(),
  message: z.string(),
  /** Number of the line it is about, from 1 within the agent's run. */
  line: z.int().positive().optional(),
});
export type LogLine = z.infer<typeof LogLine>;
