import type { PluginInterface } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import type { CollectedAgent } from "../agents/agent.ts";
import type { Agents } from "../agents/agents.ts";
import type { Causes } from "../causes/causes.ts";
import type { CallAnswer, CallFailure, FinishedCall, PluginCall } from "./plugin-call.ts";

export interface PluginCallsOptions {
  readonly agents: Agents;
  readonly causes: Causes;
  readonly clock: Clock;
}

/** Calls to the plugins of a collector. Nothing a plugin does rejects one. */
export class PluginCalls {
  readonly #options: PluginCallsOptions;
  readonly #listeners = new Set<(call: FinishedCall) => void>();

  constructor(options: PluginCallsOptions) {
    this.#options = options;
  }

  /** Asks a plugin, by its id or an agent's label. Never rejects. */
  async invoke(idOrLabel: string, call: PluginCall): Promise<CallAnswer> {
    const { agents, causes, clock } = this.#options;
    const startedMs = clock.ticksMs();
    const agent = agents.find(idOrLabel) ?? agents.all().find(({ plan }) => plan.pluginId === idOrLabel);
    if (agent === undefined)
      return { ok: false, code: "unknown-plugin", message: `no plugin "${idOrLabel}"`, tookMs: 0 };
    const { label, plan } = agent;
    const { pluginId } = plan;
    const cause = causes.deliver(call.cause ?? causes.begin(), { label, pluginId });
    const outcome = await agent.calls.invoke({
      interface: call.interface,
      method: call.method,
      params: call.params ?? {},
      context: { ...call.context, cause: cause.id },
      ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
    });
    const tookMs = clock.ticksMs() - startedMs;
    const { interface: name, method, by } = call;
    const finished = { pluginId, label, interface: name, method, ok: outcome.ok, tookUs: tookMs * 1000, by };
    for (const listener of this.#listeners) listener({ ...finished, atMs: clock.wallMs() });
    if (outcome.ok) return { ok: true, data: outcome.data, label, pluginId, tookMs };
    const code: CallFailure = outcome.code === "timed-out" ? "timed-out" : "failed";
    return { ok: false, code, message: outcome.message, reason: outcome.code, label, pluginId, tookMs };
  }

  /** The running agents that offer it, in the order of the configuration. */
  offering(name: PluginInterface): readonly CollectedAgent[] {
    void name;
    return this.#options.agents.all().filter((agent) => agent.calls.has("invoke"));
  }

  /** Calls `listener` after every call that reached a plugin, until the returned function is called. */
  onFinished(listener: (call: FinishedCall) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
