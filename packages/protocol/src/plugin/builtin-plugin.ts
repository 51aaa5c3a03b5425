// A plugin that ships with MiMoLo and is trusted by the digest of its file.
import { z } from "zod";
import { MonitorSpec } from "../message/handshake.ts";
import { LABEL_PATTERN, SHA256_PATTERN } from "../wire/constants.ts";
import { PluginType } from "./plugin-type.ts";

/** Lower-case dotted slug, at most 64 characters, such as `acme.inbox-watch`. */
export const PluginId = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/,
    'is no lower-case dotted slug, such as "acme.inbox"',
  );

/** Where a plugin is that wants its roots. */
export interface RootsSurroundings {
  /** What relative paths in settings are relative to. */
  readonly cwd: string;
  /** The environment it will be started with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Absolute paths that a plugin reads with these settings, beside its own folder and its program. Looked for anew at each
 *  call; paths may be missing. */
export type RootsFor = (settings: Readonly<Record<string, unknown>>, around: RootsSurroundings) => readonly string[];

/** The files a built-in plugin is granted by being built in. */
export const BuiltinFilesystem = z.object({
  /** Absolute, or below `$HOME`. */
  read: z.array(z.string()),
  /** Names of its settings that hold paths it reads. */
  settings_read: z.array(z.string()),
  write: z.array(z.string()),
});
export type BuiltinFilesystem = z.infer<typeof BuiltinFilesystem>;

export const BuiltinPlugin = z.object({
  plugin_id: PluginId,
  name: z.string(),
  version: z.string(),
  type: PluginType,
  description: z.string(),
  /** Absolute path of the file Node runs. */
  entry: z.string(),
  /** Of the entry's bytes as shipped. */
  sha256: z.string().regex(SHA256_PATTERN),
  interfaces: z.array(z.string()),
  capabilities: z.array(z.string()),
  permissions: z.array(z.string()),
  /** What it reads, for people; absent: nothing but its own. */
  filesystem: BuiltinFilesystem.optional(),
  /** The same for given settings, to the last path. */
  rootsFor: z.custom<RootsFor>((value) => typeof value === "function").optional(),
  monitor: MonitorSpec.optional(),
  /** First source of the plugin's settings. */
  defaults: z.record(z.string(), z.unknown()),
  /** JSON Schema of the settings; absent: only their kinds are judged, by the defaults. */
  config_schema: z.record(z.string(), z.unknown()).optional(),
  default_label: z.string().regex(LABEL_PATTERN),
  /** Whether it runs where nobody configured anything. */
  by_default: z.boolean().optional(),
  /** It runs commands that are no agents, each in its own process: the ones whose configuration says `as`. Nobody names it. */
  runs_commands: z.boolean().optional(),
});
export type BuiltinPlugin = z.infer<typeof BuiltinPlugin>;
