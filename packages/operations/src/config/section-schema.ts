/** The sections every file may have: `[monitor] [control] [trust] [registry]`. Descriptions here are the documentation. */
import { DEFAULT_MAX_LINE_BYTES, MAX_LINE_BYTES_CEILING } from "@mimolo/protocol";
import { z } from "zod";

const seconds = (min: number, max: number) => z.number().min(min).max(max);
const percent = () => z.number().gt(0).max(10_000);
const folder = () => z.string().min(1).meta({ form: "the path of a folder", path: true });

/** `[monitor]`: the collector itself. */
export const MonitorSection = z.strictObject({
  cooldown_seconds: seconds(0.1, 86_400)
    .default(600)
    .describe("A segment of work closes when nothing that counts as work came for this long."),
  poll_tick_s: seconds(0.05, 3_600)
    .default(1)
    .describe("How often the collector looks at the clock for what fell due."),
  log_dir: folder()
    .optional()
    .describe("Where the files of closed segments lie, one a day; `segments/` in the data directory if absent."),
  log_format: z
    .enum(["jsonl", "yaml", "md"])
    .default("jsonl")
    .describe("The format of those files: see [segment files](segment-files.md)."),
  console_verbosity: z
    .enum(["debug", "info", "warning", "error"])
    .default("info")
    .describe("The least serious message shown on the terminal."),
  journal_dir: folder().optional().describe("Where a copy of the journal of segments goes; none if absent."),
  cache_dir: folder().optional().describe("Where what can be rebuilt is kept; in the data directory if absent."),
  diagnostics_enabled: z.boolean().default(true).describe("Whether heartbeats, statuses, logs and errors are kept."),
  diagnostics_log_dir: folder()
    .optional()
    .describe("Where they are kept; `diagnostics/` in the data directory if absent."),
  diagnostics_retention_days: z
    .int()
    .min(1)
    .max(3_650)
    .default(14)
    .describe("Diagnostics older than this are deleted."),
  diagnostics_max_mib: z
    .number()
    .min(1)
    .max(1_048_576)
    .default(256)
    .describe("Above this the oldest diagnostics go first."),
  artifact_warn_mib: z
    .number()
    .min(0)
    .max(1_048_576)
    .default(1_024)
    .describe("An agent whose [artifacts](artifacts.md) take more than this is warned of; 0: none is."),
  agent_heartbeat_timeout_s: seconds(1, 3_600)
    .default(30)
    .describe("An agent silent for this long is asked for its status, then restarted."),
  startup_timeout_s: seconds(0.5, 600)
    .default(10)
    .describe("An agent that has said nothing valid by then is restarted."),
  max_line_bytes: z
    .int()
    .min(1_024)
    .max(MAX_LINE_BYTES_CEILING)
    .default(DEFAULT_MAX_LINE_BYTES)
    .describe("A longer line of an agent is skipped and counted."),
  messages_per_s: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(1_000)
    .describe("The most messages one agent may send in a second; 0 for no limit."),
  bytes_per_s: z
    .number()
    .min(0)
    .max(1_073_741_824)
    .default(1_048_576)
    .describe("The most bytes one agent may send in a second; 0 for no limit."),
  day_start: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default("00:00")
    .meta({ form: 'a time of day such as "04:00"' })
    .describe("When a local day begins in segment files and reports; in the terminal it is midnight."),
  time_zone: z
    .string()
    .refine(isTimeZone)
    .optional()
    .meta({ form: 'an IANA time zone such as "Europe/Berlin"' })
    .describe(
      "The zone of days and times in segment files and reports; this machine's, as in the terminal, if absent.",
    ),
  minimum_segment_s: seconds(0, 86_400).default(0).describe("Shorter segments are left out of the timeline."),
  main_system_max_cpu_per_plugin: percent()
    .default(0.1)
    .meta({ alias: "plugin_cpu_budget_percent" })
    .describe("The CPU budget of an agent that asks for none, in percent of one core."),
  max_plugin_cpu_percent: percent()
    .default(10)
    .describe("No agent gets a larger CPU budget than this, whatever it asks for, in percent of one core."),
  global_total_cpu_budget_percent: percent()
    .default(20)
    .describe("All budgets and the collector's own stay below this together, in percent of one core."),
  ops_cpu_budget_percent: z
    .number()
    .min(0)
    .max(10_000)
    .default(5)
    .describe("The collector's own share of the total, in percent of one core."),
  plugin_memory_mib: z
    .number()
    .min(8)
    .max(1_048_576)
    .default(100)
    .describe("The memory budget of an agent that asks for none."),
  slowpoke_flush_latency_s: seconds(0.01, 600)
    .default(2)
    .describe("An agent that takes longer to answer a flush is called a slowpoke."),
  slowpoke_queue: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_000)
    .describe("So is one with more than this waiting in its queue."),
  degraded_errors_per_min: z
    .number()
    .gt(0)
    .max(100_000)
    .default(1)
    .describe("An agent with more errors a minute is called degraded."),
  overload_throttle_factor: z
    .number()
    .min(1)
    .max(1_000)
    .default(4)
    .describe("An agent slowed down this many times or more is called overloaded."),
});
/** `time_zone` is this machine's where no file names one. */
export type MonitorConfig = z.infer<typeof MonitorSection> & { time_zone: string };

/** `[control]`: how people and the page reach the collector. */
export const ControlSection = z.strictObject({
  dashboard: z
    .boolean()
    .default(true)
    .describe(
      "Whether the [control API](control-api.md) listens on this machine's loopback address, for the page and programs.",
    ),
  port: z.int().min(0).max(65_535).default(7_466).describe("That port; 0 for any free one."),
  socket: z
    .string()
    .min(1)
    .meta({ form: "the path of a socket", path: true })
    .optional()
    .describe("The control socket; `control/mimolo.sock` in the data directory if absent."),
});
export type ControlConfig = z.infer<typeof ControlSection>;

/** `[trust]`: what is granted without asking. */
export const TrustSection = z.strictObject({
  auto_grant_low: z.boolean().default(true).describe("Whether capabilities of low risk are granted by themselves."),
});
export type TrustConfig = z.infer<typeof TrustSection>;

/** `[registry]`: where plugins are looked for. */
export const RegistrySection = z.strictObject({
  paths: z
    .array(folder())
    .default([])
    .meta({ form: "a list of folders" })
    .describe("Folders that are plugins or have them right below; see [plugins](#plugins)."),
  sources: z
    .array(z.string().min(1).meta({ path: true }))
    .default([])
    .meta({ form: "a list of folders or index files" })
    .describe("Folders or `index.json` files that list packages to install; see [publish](publish.md)."),
});
export type RegistryConfig = z.infer<typeof RegistrySection>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
