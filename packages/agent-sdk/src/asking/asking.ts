// The part of a context that talks to the collector and to other plugins.
import type { PluginContext } from "../context.ts";
import type { Requests } from "./requests.ts";
import type { Subscriptions } from "./subscriptions.ts";
import type { Handled, Request } from "./request-table.ts";

export type Asking = Pick<PluginContext, "publish" | "subscribe" | "request"> & { readonly sendTo: SendTo };

type SendTo = (to: string | null, content: unknown, type?: string) => Promise<Handled>;

/** How long a call to another plugin may take longer than it itself is given. */
const WAY_MS = 1000;
const LEAST_PATIENCE_MS = 10_000;

export function askingOf(requests: Requests, subscriptions: Subscriptions): Asking {
  const request = ((method: string, params: object) => {
    const { timeout_ms: timeoutMs } = params as { timeout_ms?: unknown };
    const patienceMs = typeof timeoutMs === "number" ? timeoutMs + WAY_MS : 0;
    return requests.ask(method, params, Math.max(LEAST_PATIENCE_MS, patienceMs));
  }) as Request;
  return {
    request,
    async publish(topic, data = null) {
      await request("event.publish", { topic, data });
    },
    async subscribe(topic, handle) {
      // Before it is asked for: the first event may come with the answer.
      const end = subscriptions.add(topic, handle);
      try {
        await request("event.subscribe", { topic });
        return end;
      } catch (error) {
        end();
        throw error;
      }
    },
    sendTo: (to, content, type = "message") =>
      request("message.send", { ...(to === null ? {} : { to }), type, content }),
  };
}
