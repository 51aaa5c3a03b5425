import { PluginInterface } from "@mimolo/protocol";
import { z } from "zod";
import type { PluginCalls } from "../../calls/plugin-calls.ts";
import { failureOf } from "../../platform/answered.ts";
import { answered, failed } from "../answer.ts";
import { text } from "../check-params.ts";
import { method, type RequestMethod } from "../request-method.ts";

const MOST_TIMEOUT_MS = 300_000;

/** Letting other plugins work. */
export function callingMethods(calls: PluginCalls): Record<string, RequestMethod> {
  return {
    "plugin.invoke": method({
      permission: "execute-commands",
      leadsOn: true,
      params: z.strictObject({
        plugin: text(128),
        interface: PluginInterface,
        method: text(128),
        params: z.unknown().optional(),
        context: z.record(z.string(), z.unknown()).optional(),
        timeout_ms: z.int().min(1).max(MOST_TIMEOUT_MS).optional(),
        label: text(64).optional(),
      }),
      async run({ plugin, method: name, timeout_ms: timeoutMs, ...call }, { agent, cause }) {
        const { pluginId } = agent.plan;
        const by = { kind: "plugin", name: pluginId } as const;
        const params = call.interface === "message_handler" ? signed(call.params, pluginId) : call.params;
        const answer = await calls.invoke(plugin, { ...call, params, method: name, timeoutMs, by, cause });
        return answer.ok ? answered(answer.data) : failed(failureOf(answer));
      },
    }),
  };
}

/** A message comes from whoever hands it over, whatever stands in it. */
function signed(params: unknown, from: string): unknown {
  const { message } = Object(params) as { readonly message?: unknown };
  if (typeof message !== "object" || message === null || Array.isArray(message)) return params;
  return { ...Object(params), message: { ...message, from } };
}
