import { AgentStatus, PluginInterface, RegisteredPlugin } from "@mimolo/protocol";
import { z } from "zod";
import { LONGEST_TIMEOUT_MS } from "../../calls/plugin-calls.ts";
import { LONGEST_NAME, SomeLabel } from "./asked.ts";
import { AbsolutePath } from "./evidence.ts";
import { Consent } from "./trust.ts";

const MOST_WORD_CHARACTERS = 256;
const word = z.string().min(1).max(MOST_WORD_CHARACTERS);

/** One plugin, what it holds, and the agents that run it. */
export const PluginStatusReport = RegisteredPlugin.extend({
  granted: z.array(z.string()),
  agents: z.array(AgentStatus),
  /** JSON Schema of what its action takes, as an agent of it that runs says; absent where none does. */
  params_schema: z.record(z.string(), z.unknown()).optional(),
});

/** A package that lies on this machine. */
export const InstallBody = z.strictObject({
  path: AbsolutePath,
  grants: Consent.optional(),
  accept_downgrade: z.boolean().optional(),
});

/** What is said of a package that is the body itself. */
export const InstallQuery = z.strictObject({
  grants: z
    .string()
    .max(1_024)
    .optional()
    .meta({ description: "With a package as body: what it may do, names with commas between them, or `all`." }),
  accept_downgrade: z.enum(["true", "false"]).optional().meta({ description: "With a package as body." }),
});

export const UpgradeBody = z
  .strictObject({
    /** A version or range; absent: the newest one offered. */
    version: z.string().max(LONGEST_NAME).optional(),
    grants: Consent.optional(),
    accept_downgrade: z.boolean().optional(),
  })
  .optional();

export const PluginConfigQuery = z.strictObject({ label: SomeLabel });

/** The values themselves, or `{values, label?}` where `values` is a table and nothing else stands there. */
export const PluginConfigBody = z.record(z.string(), z.unknown());

export const InvokeBody = z.strictObject({
  /** One of the interfaces a plugin can have. */
  interface: z
    .string()
    .max(MOST_WORD_CHARACTERS)
    .meta({ examples: [...PluginInterface.options] }),
  method: z.string(),
  params: z.unknown().optional(),
  context: z.record(z.string(), z.unknown()).optional(),
  timeout_ms: z.number().min(1).max(LONGEST_TIMEOUT_MS).optional(),
  label: SomeLabel,
});

export const MessageBody = z.strictObject({
  /** A plugin; absent: whichever handles it best. */
  to: word.optional(),
  type: word,
  content: z.unknown().refine((content) => content !== undefined, { error: 'is missing, e.g. {"text":"hello"}' }),
});

/** A package's bytes; they are read as they come. */
export const Package = z.unknown().meta({ format: "binary" });
