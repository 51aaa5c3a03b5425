/** `[plugins.<label>]`: one configured agent. Keys not named here are the plugin's own settings. */
import { DEFAULT_FLUSH_INTERVAL_S, DEFAULT_HEARTBEAT_INTERVAL_S } from "@mimolo/protocol";
import { z } from "zod";

const text = () =>
  z
    .string()
    .min(1)
    .regex(/^[^\0]*$/);

export const AgentSection = z.object({
  enabled: z.boolean().default(true).describe("Whether this agent is started."),
  plugin: text()
    .optional()
    .describe("The id of the plugin to run, built in or installed, for instance `mimolo.git-activity`."),
  executable: text()
    .optional()
    .describe("A command to run as the agent, found on PATH or relative to the agent's folder."),
  args: z
    .array(z.string().regex(/^[^\0]*$/))
    .default([])
    .describe("Arguments of the executable."),
  as: z
    .enum(["lines", "json", "nagios", "influx"])
    .optional()
    .describe(
      "What the executable prints, if it is no agent but a command, run every `poll_interval_s` (60 if absent).",
    ),
  cwd: text()
    .optional()
    .meta({ form: "the path of a folder", path: true })
    .describe("The folder the agent is started in; the one this file lies in if absent."),
  env: z
    .record(z.string().regex(/^[^=\0]+$/), z.string().regex(/^[^\0]*$/))
    .default({})
    .describe("Environment variables for the agent, beside the few it always gets."),
  heartbeat_interval_s: z
    .number()
    .min(0.1)
    .max(3_600)
    .default(DEFAULT_HEARTBEAT_INTERVAL_S)
    .describe("How often the agent has to give a sign of life."),
  agent_flush_interval_s: z
    .number()
    .min(0.1)
    .max(86_400)
    .default(DEFAULT_FLUSH_INTERVAL_S)
    .describe("How often the agent is asked to hand over what it saw."),
  poll_interval_s: z
    .number()
    .min(0.01)
    .max(86_400)
    .optional()
    .describe("How often a monitor looks for events; the plugin's own choice if absent."),
  resets_cooldown: z
    .boolean()
    .optional()
    .describe("Whether a monitor's events count as work; the plugin's own choice if absent."),
  infrequent: z
    .boolean()
    .optional()
    .describe(
      "Whether a monitor's events are entries of their own, outside segments; the plugin's own choice if absent.",
    ),
  data_header: text()
    .optional()
    .describe("The key of a monitor's items in its events; the plugin's own choice if absent."),
  cpu_budget_percent: z
    .number()
    .gt(0)
    .max(10_000)
    .optional()
    .describe("CPU budget in percent of one core; `main_system_max_cpu_per_plugin` if absent."),
  memory_mib: z.number().min(8).max(1_048_576).optional().describe("Memory budget; `plugin_memory_mib` if absent."),
  sandbox: z
    .enum(["require", "prefer", "off"])
    .optional()
    .describe("Whether the agent must, should or need not be confined; what its grants call for if absent."),
  runtime: z
    .enum(["node", "python", "native", "shell"])
    .optional()
    .describe("What runs the executable; told from the file if absent."),
  plugin_type: text().optional().describe("The kind of plugin, as older files say it; read and passed on."),
  launch_in_separate_terminal: z.boolean().optional().describe("Of older files; ignored with a notice."),
});

/** Where an agent was configured. `line` is absent for what was not read from a file. */
export interface ConfigPlace {
  /** Absolute path, or `environment`, `command line` and the like. */
  readonly file: string;
  /** The agent's working folder and relative executables start here. */
  readonly folder: string;
  readonly line?: number;
  /** Who named its secrets, by the dotted key of the setting; absent where there are none. */
  readonly secrets?: Readonly<Record<string, { readonly file: string; readonly line?: number }>>;
}

/** One agent, defaults filled in. `settings` are the plugin's own keys, passed to it unread. */
export type AgentConfig = Omit<z.infer<typeof AgentSection>, "launch_in_separate_terminal"> & {
  settings: Record<string, unknown>;
  from: ConfigPlace;
};

/** The keys of an agent that are MiMoLo's, not the plugin's. */
export const agentKeys: ReadonlySet<string> = new Set(Object.keys(AgentSection.shape));
