import type { CollectedAgent } from "../agents/agent.ts";
import type { Agents } from "../agents/agents.ts";
import { offerOf } from "../calls/offer.ts";
import type { CallAnswer } from "../calls/plugin-call.ts";
import type { PluginCalls } from "../calls/plugin-calls.ts";
import { CollectorError } from "../error.ts";
import { failureOf } from "../platform/answered.ts";
import type { Owner } from "./index/inventory.ts";

/** Putting files away is slow work on a slow disk; each sign of progress starts this anew. */
const PATIENCE_MS = 120_000;

type Asked =
  | { readonly method: "archive"; readonly params: { readonly selection: object } }
  | { readonly method: "restore"; readonly params: { readonly archive_id: string } };

/** Agents as those who put their own artifacts away. Only they know how. */
export class OwnInterface {
  readonly #agents: Agents;
  readonly #calls: PluginCalls;

  constructor(agents: Agents, calls: PluginCalls) {
    this.#agents = agents;
    this.#calls = calls;
  }

  /** Whether an agent can be asked to archive, now. */
  can(owner: Owner): boolean {
    const agent = this.#agentOf(owner);
    return agent !== undefined && agent.isHealthy && offers(agent);
  }

  /** Throws `CollectorError` `no-artifact-interface` for an agent that has none, or is not here any more. */
  demand(owner: Owner): void {
    const agent = this.#agentOf(owner);
    if (agent === undefined) {
      const message = `${owner.label} is not here any more, so nobody can archive or restore its artifacts`;
      throw new CollectorError("no-artifact-interface", message, "they can be purged without an archive");
    }
    // One that does not run is refused by the call, with what helps.
    if (agent.isHealthy && !offers(agent)) throw offersNone(owner);
  }

  /** What the agent answers. Throws `CollectorError`, also for an agent that does not answer as it should. */
  async ask(owner: Owner, { method, params }: Asked, by: "cli" | "api"): Promise<Record<string, unknown>> {
    this.demand(owner);
    const { pluginId, label } = owner;
    const answer = await this.#calls.invoke(pluginId, {
      interface: "artifact",
      method,
      params,
      label,
      timeoutMs: PATIENCE_MS,
      by: { kind: by, name: by },
    });
    if (!answer.ok) throw failure(owner, answer);
    if (typeof answer.data === "object" && answer.data !== null) return answer.data as Record<string, unknown>;
    throw senseless(owner, `it answered ${method} with nothing`);
  }

  /** The agent, if it is the very one that the artifacts belong to. */
  #agentOf({ label, instanceId }: Owner): CollectedAgent | undefined {
    const agent = this.#agents.find(label);
    return agent?.instanceId === instanceId ? agent : undefined;
  }
}

/** An answer that cannot be. */
export function senseless({ label }: Owner, why: string): CollectorError {
  return new CollectorError("plugin-failed", `${label}: ${why}`, `mimolo logs ${label}`, { reason: "bad-answer" });
}

function offers({ calls, plan, offers: said }: CollectedAgent): boolean {
  return calls.has("invoke") && offerOf(plan, said, "artifact") !== "no";
}

function offersNone({ label }: Owner): CollectorError {
  const hint = "only an agent with the interface `artifact` archives and restores; purge works without an archive";
  return new CollectorError("no-artifact-interface", `${label} cannot archive its artifacts`, hint);
}

function failure(owner: Owner, answer: Extract<CallAnswer, { ok: false }>): CollectorError {
  if (answer.code === "not-offered") return offersNone(owner);
  if (answer.reason === "unknown-archive") {
    return new CollectorError(
      "unknown-archive",
      answer.message,
      "`mimolo artifacts list` shows what is archived where",
    );
  }
  return failureOf(answer);
}
