// What the author's plugin.toml and the signed manifest have in common, field by field.
import { z } from "zod";
import { MonitorSpec } from "../message/handshake.ts";
import { PROTOCOL_VERSION_PATTERN, SEMVER_PATTERN } from "../wire/constants.ts";
import { PluginId } from "./builtin-plugin.ts";
import { Capability } from "./capability.ts";
import { PluginInterface, readPluginInterface } from "./interface.ts";
import { Permission } from "./permission.ts";
import { PluginType } from "./plugin-type.ts";
import { PluginRuntime } from "./runtime.ts";

/** As `process.platform` names them. */
export const PluginPlatform = z.enum(["linux", "darwin", "win32"]);
export type PluginPlatform = z.infer<typeof PluginPlatform>;

const PLATFORMS_AS_PEOPLE_SAY: ReadonlyMap<unknown, PluginPlatform> = new Map([
  ["macos", "darwin"],
  ["windows", "win32"],
]);
const platform = z.preprocess((name) => PLATFORMS_AS_PEOPLE_SAY.get(name) ?? name, PluginPlatform);

const text = z.string().min(1).max(1024);
const names = z.array(z.string().min(1).max(128)).max(64);
/** A range as npm reads it; whether it is one is judged where packages are read. */
const range = z.string().min(1).max(256);
/** Path of a file in the package. */
const ownFile = z.string().min(1).max(512);

/** A JSON Schema: the path of its file in the package, or itself. */
const schema = z.union([ownFile, z.record(z.string(), z.json())], {
  error: "must be the path of a file in the package, or a table",
});

/** `$PLUGIN`, `$DATA` or `$HOME/…`: symbolic, because a package knows nobody's folders. Nothing that a terminal would obey or
 *  turn around: people read it before they agree. */
export const SYMBOLIC_ROOT_PATTERN =
  /^(?:\$PLUGIN|\$DATA|\$HOME(?=\/))(?:\/(?!\.{1,2}(?:\/|$))[^/\\:\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+)*$/u;

const root = z
  .string()
  .max(512)
  .regex(SYMBOLIC_ROOT_PATTERN, "is no path below $PLUGIN, $DATA or $HOME/… without . and ..");

/** Older spellings of interfaces included. */
const pluginInterface = z.string().transform((name, context) => {
  const known = readPluginInterface(name);
  if (known !== null) return known;
  context.addIssue({ code: "invalid_value", values: PluginInterface.options, input: name });
  return z.NEVER;
});

/** A table of switches, or a list of names; comes out as the list of what is asked for, in the order of the table of
 *  capabilities. */
const capabilities = z
  .preprocess(
    (asked) => (Array.isArray(asked) ? Object.fromEntries(asked.map((name) => [String(name), true])) : asked),
    z.strictObject(Object.fromEntries(Capability.options.map((name) => [name, z.boolean().optional()]))),
  )
  .transform((asked) => Capability.options.filter((name) => asked[name] === true));

/** Every field an author may write, by its name in the manifest. */
export const authorFields = {
  id: PluginId,
  version: z.string().max(128).regex(SEMVER_PATTERN, "is no semver version"),
  description: z.string().max(4096).optional(),
  author: text.optional(),
  license: text.optional(),
  homepage: text.optional(),
  tags: names.optional(),
  type: PluginType,
  entry: ownFile.optional(),
  /** Instead of `entry`: a program that runs by itself. */
  binary: ownFile.optional(),
  /** Absent: told by the entry's extension. */
  runtime: PluginRuntime.optional(),
  interfaces: z.array(pluginInterface).max(64).default([]),
  permissions: z.array(Permission).max(64).default([]),
  capabilities: capabilities.default([]),
  /** Where `filesystem` reaches, if it is asked for; absent: everywhere. */
  filesystem: z
    .strictObject({ read: z.array(root).max(64).default([]), write: z.array(root).max(64).default([]) })
    .optional(),
  dependencies: z.record(PluginId, range).default({}),
  engines: z.strictObject({ mimolo: range.optional(), node: range.optional(), python: range.optional() }).default({}),
  /** JLP versions the plugin speaks. */
  protocol: z
    .strictObject({
      min: z.string().regex(PROTOCOL_VERSION_PATTERN, "is not MAJOR.MINOR"),
      max: z.string().regex(PROTOCOL_VERSION_PATTERN, "is not MAJOR.MINOR").optional(),
    })
    .optional(),
  /** Absent: all. */
  platforms: z.array(platform).min(1).optional(),
  limits: z
    .strictObject({
      memory_mib: z.number().positive().max(1_048_576).optional(),
      /** Of one core. */
      cpu_percent: z.number().positive().max(100_000).optional(),
    })
    .default({}),
  /** First source of the plugin's settings. */
  defaults: z.record(z.string(), z.json()).default({}),
  config_schema: schema.optional(),
  data_schema: schema.optional(),
  monitor: z.strictObject(MonitorSpec.shape).optional(),
};
