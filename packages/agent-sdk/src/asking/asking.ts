// The part of a context that talks to the collector and to other plugins.
import type { PluginContext } from "../context.ts";
import type { Handled, Request } from "./request-table.ts";
import { Requests, type RequestsOptions } from "./requests.ts";
import { Subscriptions, type SubscriptionsOptions } from "./subscriptions.ts";

/** How long a call to another plugin may take longer than it itself is given. */
const WAY_MS = 1000;
const LEAST_PATIENCE_MS = 10_000;

export class Asking {
  readonly requests: Requests;
  readonly subscriptions: Subscriptions;

  constructor(options: RequestsOptions & SubscriptionsOptions) {
    this.requests = new Requests(options);
    this.subscriptions = new Subscriptions(options);
  }

  readonly request = ((method: string, params: object = {}) => {
    const { timeout_ms: timeoutMs } = params as { timeout_ms?: unknown };
    const patienceMs = typeof timeoutMs === "number" ? timeoutMs + WAY_MS : 0;
    return this.requests.ask(method, params, Math.max(LEAST_PATIENCE_MS, patienceMs));
  }) as Request;

  readonly publish: PluginContext["publish"] = async (topic, data = null) => {
    await this.request("event.publish", { topic, data });
  };

  readonly subscribe: PluginContext["subscribe"] = async (topic, handle) => {
    // Before it is asked for: the first event may come with the answer.
    const end = this.subscriptions.add(topic, handle);
    try {
      await this.request("event.subscribe", { topic });
      return end;
    } catch (error) {
      end();
      throw error;
    }
  };

  readonly sendTo = (to: string | null, content: unknown, type = "message"): Promise<Handled> =>
    this.request("message.send", { ...(to === null ? {} : { to }), type, content });
}
