import { Capability, PluginProblem, RegisteredPlugin, Risk } from "@mimolo/protocol";
import { z } from "zod";
import { windowShape } from "./asked.ts";

export const HealthReport = z.object({ ok: z.literal(true) });
export const Stopping = z.object({ stopping: z.literal(true) });

export const TimelineQuery = z.strictObject(windowShape);

/** As a list, and whole as `mimolo register --json` has it. */
export const PluginList = z.object({
  items: z.array(RegisteredPlugin),
  next_cursor: z.string().nullable(),
  plugins: z.array(RegisteredPlugin),
  problems: z.array(PluginProblem),
});

/** What a plugin may be given. */
export const CapabilityReport = z.looseObject({ capability: Capability, risk: Risk });

/** A table of the configuration: keys and values, `null` takes one out. */
const Table = z.record(z.string(), z.unknown());

/** One table of a list, its keys as in a file. */
const RuleTable = z.record(z.string(), z.unknown());

/** Values by section. Agents have routes of their own. */
export const ConfigPatch = z.strictObject({
  monitor: Table.optional(),
  control: Table.optional(),
  trust: Table.optional(),
  registry: Table.optional(),
  /** All of them, as `GET /rules` has them; what is not among them goes. */
  rules: z.array(RuleTable).max(1_000).optional(),
  /** The same of `GET /privacy`. */
  privacy: z.array(RuleTable).max(1_000).optional(),
});

const ExplainedValue = z.object({
  key: z.string(),
  value: z.unknown(),
  source: z.enum(["plugin", "global", "environment", "user", "runtime"]),
  /** A file, a variable, `default` or `plugin defaults`. */
  from: z.string(),
  line: z.int().optional(),
});

/** What holds, and who said so. */
export const ConfigReport = z.object({
  files: z.array(z.string()),
  /** Why what the files say now is not what runs; null when it is. */
  trouble: z.string().nullable(),
  values: z.array(ExplainedValue),
  /** `[[privacy]]`, and where each rule is written. */
  privacy: z.array(
    z.object({
      name: z.string(),
      match_agent: z.string(),
      field: z.string(),
      glob: z.string().optional(),
      regex: z.string().optional(),
      action: z.enum(["redact", "drop"]),
      from: z.object({ file: z.string(), line: z.int().optional() }),
    }),
  ),
  agents: z.record(z.string(), z.object({ plugin_id: z.string(), values: z.array(ExplainedValue) })),
});
