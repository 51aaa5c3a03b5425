// A plugin that ships with MiMoLo and is trusted by the digest of its file.
import { z } from "zod";
import { MonitorSpec } from "../message/handshake.ts";
import { LABEL_PATTERN, SHA256_PATTERN } from "../wire/constants.ts";

/** Lower-case dotted slug, at most 64 characters, such as `acme.inbox-watch`. */
export const PluginId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/, "is no lower-case dotted slug");

export const BuiltinPlugin = z.object({
  plugin_id: PluginId,
  name: z.string(),
  version: z.string(),
  type: z.enum(["agent", "monitor"]),
  description: z.string(),
  /** Absolute path of the file Node runs. */
  entry: z.string(),
  /** Of the entry's bytes as shipped. */
  sha256: z.string().regex(SHA256_PATTERN),
  interfaces: z.array(z.string()),
  capabilities: z.array(z.string()),
  permissions: z.array(z.string()),
  monitor: MonitorSpec.optional(),
  /** First source of the plugin's settings. */
  defaults: z.record(z.string(), z.unknown()),
  default_label: z.string().regex(LABEL_PATTERN),
});
export type BuiltinPlugin = z.infer<typeof BuiltinPlugin>;
