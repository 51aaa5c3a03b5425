import type { EventMessage, RequestMessage, Segment, Summary } from "@mimolo/protocol";
import type { AgentChange, Clock } from "@mimolo/supervisor";
import type { CollectedAgent } from "../agents/agent.ts";
import type { AgentNews, WantedNews } from "../agents/news.ts";
import type { PluginCalls } from "../calls/plugin-calls.ts";
import type { Causes } from "../causes/causes.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";
import type { Requests } from "../requests/open-requests.ts";
import type { Rules } from "../rules/open-rules.ts";

export interface NewsDeskParts {
  readonly clock: Clock;
  readonly events: Emitter<CollectorEvents>;
  readonly causes: Causes;
  readonly calls: PluginCalls;
  readonly requests: Requests;
  readonly rules: Rules;
}

const segmentSteps = ["opened", "extended", "closed", "revised"] as const;

/** Hands what agents say and do to whoever it concerns. */
export class NewsDesk implements AgentNews {
  readonly #parts: NewsDeskParts;
  readonly #off: (() => void)[] = [];

  constructor(parts: NewsDeskParts) {
    this.#parts = parts;
  }

  begin(): void {
    for (const step of segmentSteps) {
      this.#off.push(this.#parts.events.on(`segment:${step}`, (segment) => this.#segment(step, segment)));
    }
  }

  close(): void {
    for (const off of this.#off.splice(0)) off();
  }

  requested(agent: CollectedAgent, message: RequestMessage, receivedAtMs: number): void {
    this.#parts.requests.requested(agent, message, receivedAtMs);
  }

  fired(agent: CollectedAgent, message: EventMessage, receivedAtMs: number): void {
    this.#parts.requests.fired(agent, message, receivedAtMs);
    this.#happened(agent, message, receivedAtMs);
  }

  kept(agent: CollectedAgent, message: Summary | EventMessage, receivedAtMs: number): void {
    this.#happened(agent, message, receivedAtMs);
  }

  wants({ label }: CollectedAgent): WantedNews {
    return this.#parts.rules.wants(label);
  }

  changed(agent: CollectedAgent, { state, previous, health }: AgentChange): void {
    const { label, plan } = agent;
    const common = { agent: label, plugin: plan.pluginId, atMs: this.#parts.clock.wallMs(), state, health };
    if (state !== previous) this.#parts.rules.happened({ ...common, source: "agent_state", event: state });
    else this.#parts.rules.happened({ ...common, source: "health", event: health });
  }

  ended(agent: CollectedAgent): void {
    this.#parts.causes.ended(agent.label);
    this.#parts.requests.ended(agent);
  }

  #happened({ label, plan }: CollectedAgent, message: Summary | EventMessage, atMs: number): void {
    const { data, metrics } = message;
    const from = { agent: label, plugin: plan.pluginId, atMs, data, metrics };
    if (message.type === "summary") return this.#parts.rules.happened({ ...from, source: "summary" });
    const { event } = message.data;
    this.#parts.rules.happened({ ...from, source: "event", event });
  }

  #segment(event: string, segment: Segment): void {
    const { clock, rules } = this.#parts;
    rules.happened({ source: "segment", event, atMs: clock.wallMs(), data: segment, segmentId: segment.id });
  }
}
