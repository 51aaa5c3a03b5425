import type { LogLevel } from "@mimolo/protocol/wire";
import { logTo, type OwnHealth, type OwnMessage, type PluginContext, sendBy } from "../context.ts";
import { CallError } from "../calls/call-error.ts";
import { Bursts } from "../intensive.ts";

/** A context that remembers what was done with it. */
export interface MockPluginContext extends PluginContext {
  readonly logged: readonly { readonly level: LogLevel; readonly message: string; readonly extra?: unknown }[];
  readonly sent: readonly OwnMessage[];
  readonly statuses: readonly { readonly health: OwnHealth; readonly why?: string }[];
  /** Why the agent is intensive now, the first reason; `null` if it is not. */
  readonly intensiveReason: string | null;
}

/** A context for tests of code that takes one; nothing leaves it. */
export function mockPluginContext(
  given: Partial<Pick<PluginContext, "pluginId" | "label" | "config" | "dataDir">> = {},
): MockPluginContext {
  const logged: { level: LogLevel; message: string; extra?: unknown }[] = [];
  const sent: OwnMessage[] = [];
  const statuses: { health: OwnHealth; why?: string }[] = [];
  const bursts = new Bursts(() => {});
  const request: PluginContext["request"] = async (method) => {
    throw new CallError("not-available", `nobody answers ${method} in this test`);
  };
  const pluginId = given.pluginId ?? "test.plugin";
  return {
    pluginId,
    label: given.label ?? pluginId,
    config: given.config ?? {},
    dataDir: given.dataDir ?? null,
    log: logTo((level, message, extra) => logged.push({ level, message, ...(extra === undefined ? {} : { extra }) })),
    send: sendBy(
      (message) => void sent.push(message),
      (to, content, type = "message") => request("message.send", { ...(to === null ? {} : { to }), type, content }),
    ),
    request,
    publish: async (topic, data) => void (await request("event.publish", { topic, data })),
    async subscribe(topic) {
      await request("event.subscribe", { topic });
      return () => {};
    },
    status: (health, why) => void statuses.push({ health, ...(why === undefined ? {} : { why }) }),
    intensive: (reason) => bursts.begin(reason),
    logged,
    sent,
    statuses,
    get intensiveReason() {
      return bursts.reason;
    },
  };
}
