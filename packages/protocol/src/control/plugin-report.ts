// The JSON documents about the life of plugins: their state, their settings, what registries offer.
import { z } from "zod";
import { Capability } from "../plugin/capability.ts";
import { Timestamp } from "../message/envelope.ts";

/** How far a plugin has come: the states of its life, in their order. */
export const PluginState = z.enum(["discovered", "loaded", "initialized", "active", "suspended", "unloaded"]);
export type PluginState = z.infer<typeof PluginState>;

/** What became of `load`, `unload`, `enable`, `disable` or `reload`. */
export const PluginChangeReport = z.object({
  plugin_id: z.string(),
  version: z.string(),
  state: PluginState,
  /** `unchanged`: it was so already. */
  outcome: z.enum(["loaded", "unloaded", "enabled", "disabled", "reloaded", "unchanged"]),
  /** Labels of the agents that were started, ended or replaced. */
  agents: z.array(z.string()),
  /** One sentence for people. */
  message: z.string(),
});
export type PluginChangeReport = z.infer<typeof PluginChangeReport>;

/** Where a value comes from, lowest first. */
export const ConfigSourceName = z.enum(["plugin", "global", "environment", "user", "runtime"]);
export type ConfigSourceName = z.infer<typeof ConfigSourceName>;

/** One value of a plugin's settings; a secret is shown as its reference. */
export const ConfigValue = z.object({
  key: z.string(),
  value: z.unknown(),
  source: ConfigSourceName,
  /** A file, a variable, `plugin defaults` or `default`. */
  from: z.string(),
  line: z.int().positive().optional(),
  /** The agent it holds for, where agents of the plugin differ. */
  label: z.string().optional(),
});
export type ConfigValue = z.infer<typeof ConfigValue>;

/** `mimolo plugin config ID --json`. */
export const PluginConfigReport = z.object({
  plugin_id: z.string(),
  values: z.array(ConfigValue),
  /** JSON Schema of the settings, if the plugin has one. */
  schema: z.record(z.string(), z.unknown()).optional(),
  /** After a change: what of it comes to nothing as things stand, a sentence each; absent when nothing does. */
  warnings: z.array(z.string()).optional(),
});
export type PluginConfigReport = z.infer<typeof PluginConfigReport>;

/** One version of a plugin in a registry. */
export const RegistryOffer = z.object({
  plugin_id: z.string(),
  version: z.string(),
  description: z.string(),
  capabilities: z.array(Capability),
  key_id: z.string(),
  /** SHA-256 of the package, hex. */
  sha256: z.string(),
  /** The registry, as `[registry] sources` names it. */
  source: z.string(),
  /** The package's file. */
  path: z.string(),
  /** The version that is installed here; null when none is. */
  installed: z.string().nullable(),
});
export type RegistryOffer = z.infer<typeof RegistryOffer>;

/** `mimolo plugin search --json`. */
export const SearchReport = z.object({
  plugins: z.array(RegistryOffer),
  problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string(), line: z.int().optional() })),
});
export type SearchReport = z.infer<typeof SearchReport>;

/** What became of `mimolo plugin publish`. */
export const PublishReport = z.object({
  plugin_id: z.string(),
  version: z.string(),
  key_id: z.string(),
  sha256: z.string(),
  /** The package's file in the registry. */
  path: z.string(),
  index: z.string(),
  /** False when exactly this package was there already. */
  changed: z.boolean(),
});
export type PublishReport = z.infer<typeof PublishReport>;

/** What an upgrade did, or would do. */
export const UpgradeReport = z.object({
  upgrades: z.array(
    z.object({
      plugin_id: z.string(),
      from: z.string(),
      to: z.string(),
      /** `available`: nobody asked to take it; `waiting`: it asks for more and nobody agreed. */
      outcome: z.enum(["upgraded", "rolled-back", "refused", "waiting", "available"]),
      /** One sentence for people. */
      message: z.string(),
      at: Timestamp.optional(),
    }),
  ),
  problems: SearchReport.shape.problems,
});
export type UpgradeReport = z.infer<typeof UpgradeReport>;
