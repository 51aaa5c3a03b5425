// MiMoLo's own keys of an agent, beside the plugin's settings: which a page may change, and what they are.
import type { SettingsSchema } from "../../../schema-form/field.ts";

/** Pace and limits of an agent, as `[plugins.<label>]` has them. */
export const PACE_SCHEMA: SettingsSchema = {
  properties: {
    heartbeat_interval_s: {
      type: "number",
      minimum: 0.1,
      maximum: 3_600,
      description: "How often the agent has to give a sign of life.",
    },
    agent_flush_interval_s: {
      type: "number",
      minimum: 0.1,
      maximum: 86_400,
      description: "How often the agent is asked to hand over what it saw.",
    },
    cpu_budget_percent: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 10_000,
      description: "CPU budget in percent of one core.",
    },
    memory_mib: { type: "number", minimum: 8, maximum: 1_048_576, description: "Memory budget." },
  },
};

/** The same of monitors only. */
export const MONITOR_SCHEMA: SettingsSchema = {
  properties: {
    poll_interval_s: {
      type: "number",
      minimum: 0.01,
      maximum: 86_400,
      description: "How often the monitor looks for events.",
    },
    resets_cooldown: { type: "boolean", description: "Whether its events count as work." },
    infrequent: { type: "boolean", description: "Whether its events are entries of their own, outside segments." },
    data_header: { type: "string", minLength: 1, description: "The key of its items in its events." },
  },
};

/** What a command is told: the first of MiMoLo's own, the others of what runs it. */
export const COMMAND_SCHEMA: SettingsSchema = {
  properties: {
    poll_interval_s: {
      type: "number",
      minimum: 0.01,
      maximum: 86_400,
      description: "How often it is run; every 60 s if not set.",
    },
    timeout_s: {
      type: "number",
      minimum: 0.1,
      maximum: 3_600,
      description: "It is ended when it takes longer; 30 s if not set.",
    },
    activity: {
      enum: ["passive", "changes", "output"],
      description: "What counts as work. Passive: nothing; changes: another output; output: any.",
    },
  },
};

/** What only the terminal changes, or other buttons do. */
const HELD_BACK = [
  "enabled",
  "plugin",
  "plugin_type",
  "executable",
  "args",
  "as",
  "cwd",
  "env",
  "sandbox",
  "runtime",
  "launch_in_separate_terminal",
];

/** No settings of a command. */
export const PACE_KEYS: ReadonlySet<string> = new Set([
  ...HELD_BACK,
  ...Object.keys(PACE_SCHEMA["properties"] as object),
]);

/** All of them: no settings of the plugin. */
export const OWN_KEYS: ReadonlySet<string> = new Set([
  ...PACE_KEYS,
  ...Object.keys(MONITOR_SCHEMA["properties"] as object),
]);

export const HELD_BACK_KEYS: ReadonlySet<string> = new Set(HELD_BACK);
