import type { LogLevel } from "@mimolo/protocol/wire";
import { logTo, type OwnMessage, type PluginContext, refuseReserved } from "../context.ts";

/** A context that remembers what was done with it. */
export interface MockPluginContext extends PluginContext {
  readonly logged: readonly { readonly level: LogLevel; readonly message: string; readonly extra?: unknown }[];
  readonly sent: readonly OwnMessage[];
}

/** A context for tests of code that takes one; nothing leaves it. */
export function mockPluginContext(
  given: Partial<Pick<PluginContext, "pluginId" | "label" | "config" | "dataDir">> = {},
): MockPluginContext {
  const logged: { level: LogLevel; message: string; extra?: unknown }[] = [];
  const sent: OwnMessage[] = [];
  const pluginId = given.pluginId ?? "test.plugin";
  return {
    pluginId,
    label: given.label ?? pluginId,
    config: given.config ?? {},
    dataDir: given.dataDir ?? null,
    log: logTo((level, message, extra) => logged.push({ level, message, ...(extra === undefined ? {} : { extra }) })),
    send(message) {
      refuseReserved(message);
      sent.push(message);
    },
    logged,
    sent,
  };
}
