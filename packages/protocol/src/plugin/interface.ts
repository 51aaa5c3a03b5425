// What a plugin offers behind `invoke`.
import { z } from "zod";

export const PluginInterface = z.enum([
  "action",
  "trigger",
  "message_handler",
  "command",
  "data_provider",
  "analytics",
  "aggregate",
  "artifact",
  "config",
]);
export type PluginInterface = z.infer<typeof PluginInterface>;

const SEED_NAMES: ReadonlyMap<string, PluginInterface> = new Map([
  ["IMessageHandler", "message_handler"],
  ["ICommandHandler", "command"],
  ["IDataProvider", "data_provider"],
  ["IAnalyticsProvider", "analytics"],
  ["IConfigProvider", "config"],
]);

/** An interface by its name, older spellings included; `null` for a name nobody knows. */
export function readPluginInterface(name: string): PluginInterface | null {
  return SEED_NAMES.get(name) ?? PluginInterface.options.find((known) => known === name.replaceAll("-", "_")) ?? null;
}
