// What of `[monitor]` a page may set, in groups as people look for it.
import type { Answer } from "@mimolo/protocol/control-api";
import { fieldsOf } from "../../schema-form/fields-of.ts";
import type { Field, SettingsSchema } from "../../schema-form/field.ts";

export type Config = Answer<"/config", "get">;

export interface SettingsGroup {
  readonly title: string;
  readonly fields: readonly Field[];
}

const seconds = (description: string, minimum: number, maximum: number) => ({
  description,
  type: "number",
  minimum,
  maximum,
});
const percent = (description: string) => ({ description, type: "number", exclusiveMinimum: 0, maximum: 10_000 });

const groups: readonly { readonly title: string; readonly properties: SettingsSchema }[] = [
  {
    title: "Work and days",
    properties: {
      cooldown_seconds: seconds("Work ends when nothing that counts as work came for this many seconds.", 0.1, 86_400),
      minimum_segment_s: seconds("Shorter stretches of work, in seconds, are left out.", 0, 86_400),
      day_start: {
        description: "When a day begins, such as 04:00 for those who work past midnight.",
        type: "string",
        pattern: "^([01]\\d|2[0-3]):[0-5]\\d$",
      },
      time_zone: { description: "Where days are counted, such as Europe/Berlin; else this machine's.", type: "string" },
    },
  },
  {
    title: "What is kept beside the evidence",
    properties: {
      diagnostics_enabled: { description: "Keep what agents say about themselves.", type: "boolean" },
      diagnostics_retention_days: {
        description: "Diagnostics older than this many days are deleted. Evidence never is.",
        type: "integer",
        minimum: 1,
        maximum: 3_650,
      },
      diagnostics_max_mib: {
        description: "Above this the oldest go first.",
        type: "number",
        minimum: 1,
        maximum: 1_048_576,
      },
      artifact_warn_mib: {
        description: "Warn of an agent whose artifacts take more than this; 0: of none.",
        type: "number",
        minimum: 0,
        maximum: 1_048_576,
      },
      log_format: { description: "How the files of closed segments are written.", enum: ["jsonl", "yaml", "md"] },
    },
  },
  {
    title: "Agents and their budgets",
    properties: {
      agent_heartbeat_timeout_s: seconds("An agent silent for this many seconds is asked, then restarted.", 1, 3_600),
      main_system_max_cpu_per_plugin: percent("Of one core, for an agent that asks for no budget of its own."),
      max_plugin_cpu_percent: percent("Of one core; no agent gets more, whatever it asks for."),
      global_total_cpu_budget_percent: percent("Of one core, for all of them and the collector together."),
      plugin_memory_mib: {
        description: "For an agent that asks for none.",
        type: "number",
        minimum: 8,
        maximum: 1_048_576,
      },
    },
  },
];

/** The settings as fields, with what holds now and who says so. */
export function settingsGroups({ values }: Pick<Config, "values">): SettingsGroup[] {
  const said = values.flatMap(({ key, ...rest }) =>
    key.startsWith("monitor.") ? [{ ...rest, key: key.slice("monitor.".length) }] : [],
  );
  return groups.map(({ title, properties }) => ({
    title,
    fields: fieldsOf(
      { properties },
      said.filter(({ key }) => Object.hasOwn(properties, key)),
    ),
  }));
}
