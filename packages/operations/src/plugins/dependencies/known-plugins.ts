import type { BuiltinPlugin } from "@mimolo/protocol";
import type { RuntimeOverrides } from "../../config/index.ts";
import type { PluginDescription } from "../found-plugin.ts";
import type { PluginNeeds } from "./plugin-needs.ts";

export interface PluginsHere {
  readonly builtins: readonly BuiltinPlugin[];
  readonly installed: readonly Described[];
  /** Counts where nothing else has the id. */
  readonly found: readonly Described[];
}

interface Described {
  readonly pluginId: string;
  readonly manifest: Pick<PluginDescription, "version" | "dependencies">;
  /** Why it may not run. */
  readonly unusable?: string;
}

/** What is here as far as others may need it; `overrides` say what was switched off. Of equal ids what is built in counts, then what
 *  is installed, then what was found. */
export function knownPlugins(
  { builtins, installed, found }: PluginsHere,
  overrides: Pick<RuntimeOverrides, "plugins"> = {},
): PluginNeeds[] {
  const isOff = (id: string) => overrides.plugins?.[id]?.["enabled"] === false;
  const off = (id: string) => (isOff(id) ? { disabled: true } : {});
  return [
    ...builtins.map(({ plugin_id: id, version, default_label: label }) => {
      return { id, version, label, dependencies: {}, ...off(id) };
    }),
    ...[...installed, ...found].map(({ pluginId: id, manifest: { version, dependencies }, unusable }) => {
      return { id, version, dependencies, ...off(id), ...(unusable !== undefined && { unusable }) };
    }),
  ];
}
