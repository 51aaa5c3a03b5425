import type { CommandReport, PluginInterface } from "@mimolo/protocol";
import type { CollectedAgent } from "../agents/agent.ts";
import { MOST_HOPS } from "../causes/cause.ts";
import type { Causes } from "../causes/causes.ts";
import { type Call, DEFAULT_TIMEOUT_MS } from "./agent-calls.ts";
import type { CallOutcome } from "./call-outcome.ts";
import { CallRate } from "./call-rate.ts";
import { Callees, type CalleesOptions } from "./callees.ts";
import { paramsFault, takenBy } from "./check-params.ts";
import { failureOf } from "./failure-of.ts";
import { missingGrants, offeredIn, offerOf } from "./offer.ts";
import type { CallAnswer, FinishedCall, PluginCall } from "./plugin-call.ts";
import { refused, type Refusal } from "./refusal.ts";

export const LONGEST_TIMEOUT_MS = 300_000;

export interface PluginCallsOptions extends CalleesOptions {
  readonly causes: Causes;
  /** A plugin carried out one of its commands. */
  commanded(report: CommandReport): void;
}

/** Calls to the plugins of a collector, with everything that is looked at before one is made. Nothing a plugin does rejects
 *  one. */
export class PluginCalls {
  readonly #options: PluginCallsOptions;
  readonly #callees: Callees;
  readonly #listeners = new Set<(call: FinishedCall) => void>();
  readonly #rates = new WeakMap<CollectedAgent, CallRate>();
  #isClosed = false;

  constructor(options: PluginCallsOptions) {
    this.#options = options;
    this.#callees = new Callees(options);
  }

  /** Asks a plugin, by its id or an agent's label. Never rejects. */
  async invoke(idOrLabel: string, call: PluginCall): Promise<CallAnswer> {
    const { clock } = this.#options;
    const startedMs = clock.ticksMs();
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = call;
    const patienceMs = Math.min(Math.max(1, timeoutMs), LONGEST_TIMEOUT_MS);
    const refuse = (refusal: Refusal): CallAnswer => ({ ...refusal, tookMs: clock.ticksMs() - startedMs });
    if (this.#isClosed) return refuse(refused("shutting-down", "the collector is stopping"));
    const agent = this.#callees.choose(idOrLabel, call.label);
    if ("ok" in agent) return refuse(agent);
    const ready = this.#callees.ready(agent, patienceMs);
    const works = ready instanceof Promise ? await ready : ready;
    if (works !== true) return refuse(works);
    const refusal = this.#refusal(agent, call);
    if (refusal !== null) return refuse(refusal);
    const outcome = await agent.calls.invoke(this.#callOf(agent, call, patienceMs));
    const { label, plan } = agent;
    const tookMs = clock.ticksMs() - startedMs;
    if (!outcome.ok) return { ...failureOf(agent, call, outcome), tookMs };
    const { pluginId } = plan;
    const { data } = outcome;
    const command = commandIn(call);
    if (command !== null) this.#options.commanded({ plugin_id: pluginId, ...command, result: data });
    return { ok: true, data, label, pluginId, tookMs };
  }

  /** The running agents that offer it, in the order of the configuration. */
  offering(name: PluginInterface): readonly CollectedAgent[] {
    return this.#options.agents
      .all()
      .filter((agent) => agent.isHealthy && agent.calls.has("invoke") && this.#offers(agent, name) === "yes");
  }

  /** What the action of a plugin takes, as a running agent of it announced; `null`: none did. */
  paramsSchema(id: string): object | null {
    const agents = this.#options.agents.all().filter(({ plan }) => plan.pluginId === id);
    return agents.map(({ offers }) => offers.paramsSchema).find((schema) => schema !== null) ?? null;
  }

  /** Calls `listener` after every call that reached a plugin, until the returned function is called. */
  onFinished(listener: (call: FinishedCall) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** A call is over, whoever made it. */
  finished({ label, plan }: CollectedAgent, call: Call, outcome: CallOutcome, tookMs: number): void {
    const { interface: name, method, by = { kind: "collector", name: "collector" } } = call;
    const finished: FinishedCall = {
      pluginId: plan.pluginId,
      label,
      interface: name as PluginInterface,
      method,
      ok: outcome.ok,
      ...(outcome.ok ? {} : { code: outcome.code }),
      tookUs: Math.round(tookMs * 1_000),
      atMs: this.#options.clock.wallMs(),
      by,
    };
    const cause = call.context?.["cause"];
    if (typeof cause === "string") this.#options.causes.answered(cause, label);
    for (const listener of this.#listeners) listener(finished);
  }

  /** Makes no more calls. */
  close(): void {
    this.#isClosed = true;
  }

  #offers({ plan, offers }: CollectedAgent, name: PluginInterface) {
    return offerOf(plan, offers, name);
  }

  #refusal(agent: CollectedAgent, call: PluginCall): Refusal | null {
    const { plan, offers } = agent;
    const { interface: name, method, params = {}, cause } = call;
    const missing = missingGrants(plan);
    if (missing.length > 0) return this.#notGranted(agent, missing);
    if (this.#offers(agent, name) === "no") {
      const offered = offeredIn(plan, offers);
      const hint = offered.length === 0 ? "it offers nothing to call" : `it offers ${offered.join(", ")}`;
      return refused("not-offered", `${plan.pluginId} does not offer ${name}`, { hint, agent });
    }
    if (name === "action" && method === "execute" && offers.paramsSchema !== null) {
      const fault = paramsFault(offers.paramsSchema, params);
      const hint = takenBy(offers.paramsSchema);
      if (fault !== null) return refused("invalid-params", `${plan.pluginId}: ${fault}`, { hint, agent });
    }
    if ((cause?.hops ?? 0) > MOST_HOPS) return refused("loop", `more than ${MOST_HOPS} plugins led to this`, { agent });
    return this.#rateOf(agent).take(this.#options.clock.ticksMs()) ? null : tooOften(agent);
  }

  #notGranted(agent: CollectedAgent, missing: readonly string[]): Refusal {
    const { pluginId } = agent.plan;
    const hint = this.#options.grantCommand(pluginId, missing);
    return refused("refused-by-trust", `${pluginId} may not use ${missing.join(", ")}`, {
      hint,
      reason: "not-granted",
      agent,
    });
  }

  #rateOf(agent: CollectedAgent): CallRate {
    const known = this.#rates.get(agent) ?? new CallRate(this.#options.clock.ticksMs());
    this.#rates.set(agent, known);
    return known;
  }

  #callOf({ label, plan }: CollectedAgent, call: PluginCall, timeoutMs: number): Call {
    const { causes, clock } = this.#options;
    const { by, params = {}, context } = call;
    const isPlugin = by.kind === "plugin";
    const cause = causes.deliver(call.cause ?? causes.begin(), { label, pluginId: plan.pluginId }, true);
    return {
      interface: call.interface,
      method: call.method,
      params,
      context: {
        timestamp: new Date(clock.wallMs()).toISOString(),
        source: by.kind,
        ...context,
        // A plugin cannot pass for somebody else.
        ...(isPlugin && { source: by.name, rule: undefined }),
        cause: cause.id,
        timeout_ms: timeoutMs,
      },
      timeoutMs,
      by,
      progressed: call.progressed,
    };
  }
}

function tooOften(agent: CollectedAgent): Refusal {
  const hint = "call it less often";
  return refused("rate-limited", `${agent.plan.pluginId} is called more than 10,000 times a second`, { hint, agent });
}

/** The command that is to be carried out; `null` for any other call. */
function commandIn({ interface: name, method, params }: PluginCall): Pick<CommandReport, "command" | "args"> | null {
  if (name !== "command" || method !== "execute") return null;
  const { name: command, args } = Object(params) as Record<string, unknown>;
  return { command: String(command), args: Array.isArray(args) ? args.map(String) : [] };
}
