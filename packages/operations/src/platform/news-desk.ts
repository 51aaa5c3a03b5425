import type { EventMessage, RequestMessage, Segment, Summary } from "@mimolo/protocol";
import type { AgentChange, Clock } from "@mimolo/supervisor";
import type { CollectedAgent } from "../agents/agent.ts";
import { type AgentNews, unheard, type WantedNews } from "../agents/news.ts";
import type { Call } from "../calls/agent-calls.ts";
import type { CallOutcome } from "../calls/call-outcome.ts";
import { offerOf } from "../calls/offer.ts";
import type { PluginCalls } from "../calls/plugin-calls.ts";
import type { Causes } from "../causes/causes.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";
import type { Requests } from "../requests/open-requests.ts";
import type { Rules } from "../rules/open-rules.ts";
import type { Triggers } from "./triggers.ts";

export interface NewsDeskParts {
  readonly clock: Clock;
  readonly events: Emitter<CollectorEvents>;
  readonly causes: Causes;
  readonly calls: PluginCalls;
  readonly requests: Requests;
  readonly rules: Rules;
  readonly triggers: Triggers;
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

  /** What is left of it while everything stops: whoever keeps something as its last deed is answered. */
  parting(): AgentNews {
    const { requests } = this.#parts;
    return {
      ...unheard,
      requested: (agent, message, receivedAtMs) => requests.requested(agent, message, receivedAtMs),
      ended: (agent) => requests.ended(agent),
    };
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

  beat({ label }: CollectedAgent, metrics: Readonly<Record<string, unknown>>, receivedAtMs: number): void {
    const { events } = this.#parts;
    if (!events.isHeard("agent:heartbeat")) return;
    events.emit("agent:heartbeat", { label, metrics, at: new Date(receivedAtMs).toISOString() });
  }

  drew({ label }: CollectedAgent): void {
    this.#parts.events.emit("widget:frame", { label });
  }

  kept(agent: CollectedAgent, message: Summary | EventMessage, at: { receivedAtMs: number; seq: number }): void {
    this.#happened(agent, message, at.receivedAtMs, at.seq);
  }

  wants({ label }: CollectedAgent): WantedNews {
    return this.#parts.rules.wants(label);
  }

  changed(agent: CollectedAgent, change: AgentChange): void {
    this.#parts.rules.changed(agent, change);
  }

  called(agent: CollectedAgent, call: Call, outcome: CallOutcome, tookMs: number): void {
    this.#parts.calls.finished(agent, call, outcome, tookMs);
  }

  lived(agent: CollectedAgent): void {
    this.#parts.triggers.look(agent);
  }

  suspending(agent: CollectedAgent): Promise<void> | null {
    return this.#parts.triggers.stop(agent);
  }

  ended(agent: CollectedAgent): void {
    this.#parts.causes.ended(agent.label);
    this.#parts.requests.ended(agent);
  }

  #happened(
    { label, plan, offers }: CollectedAgent,
    message: Summary | EventMessage,
    atMs: number,
    seq?: number,
  ): void {
    const { rules } = this.#parts;
    const { data, metrics } = message;
    const from = { agent: label, plugin: plan.pluginId, atMs, data, metrics, seq };
    if (message.type === "summary") return rules.happened({ ...from, source: "summary" });
    const { velocity, mode } = Object(message.data["context"]) as Record<string, unknown>;
    const source = offerOf(plan, offers, "trigger") === "yes" ? "trigger" : "event";
    rules.happened({ ...from, source, event: message.data.event, said: message.cause, velocity, mode });
  }

  #segment(event: string, segment: Segment): void {
    const { clock, rules } = this.#parts;
    const { id: segmentId, labels } = segment;
    rules.happened({ source: "segment", event, atMs: clock.wallMs(), data: segment, segmentId, labels });
  }
}
