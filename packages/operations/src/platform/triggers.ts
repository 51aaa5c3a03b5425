import type { CollectedAgent } from "../agents/agent.ts";
import { offerOf } from "../calls/offer.ts";
import type { Caller } from "../calls/plugin-call.ts";
import type { PluginCalls } from "../calls/plugin-calls.ts";
import type { Opened } from "../opened.ts";

/** Nobody waits longer for a trigger that is to stop. */
const STOP_MS = 1_000;
const by: Caller = { kind: "collector", name: "collector" };

export interface TriggersParts {
  readonly calls: Pick<PluginCalls, "invoke">;
  readonly say: Opened["say"];
}

/** Triggers are started when their plugin works, each process of it once, and stopped before it is to work no longer. */
export class Triggers {
  readonly #parts: TriggersParts;
  /** The run each was started in. */
  readonly #started = new WeakMap<CollectedAgent, string>();

  constructor(parts: TriggersParts) {
    this.#parts = parts;
  }

  /** Something about this agent is different: starts its trigger if it can be by now. */
  look(agent: CollectedAgent): void {
    const { runId } = agent.snapshot;
    if (agent.life !== "active" || runId === null || this.#started.get(agent) === runId) return;
    if (offerOf(agent.plan, agent.offers, "trigger") !== "yes" || !agent.calls.has("invoke")) return;
    this.#started.set(agent, runId);
    void this.#start(agent);
  }

  /** `null`: it was not started. */
  stop(agent: CollectedAgent): Promise<void> | null {
    const isOn = this.#started.get(agent) === agent.snapshot.runId;
    this.#started.delete(agent);
    return isOn && agent.life === "active" ? this.#stop(agent) : null;
  }

  async #start(agent: CollectedAgent): Promise<void> {
    const answer = await this.#parts.calls.invoke(agent.label, { interface: "trigger", method: "start", by });
    if (answer.ok || answer.code === "ended" || answer.code === "shutting-down") return;
    const message = `the trigger of ${agent.label} did not start: ${answer.message}`;
    this.#parts.say({ type: "collector", level: "warning", code: "trigger-not-started", message });
  }

  async #stop(agent: CollectedAgent): Promise<void> {
    await this.#parts.calls.invoke(agent.label, { interface: "trigger", method: "stop", timeoutMs: STOP_MS, by });
  }
}
