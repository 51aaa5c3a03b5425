// What agents say that concerns other plugins, and what becomes of them: for whoever wants to know.
import type { EventMessage, RequestMessage, Summary } from "@mimolo/protocol";
import type { AgentChange } from "@mimolo/supervisor";
import type { Call } from "../calls/agent-calls.ts";
import type { CallOutcome } from "../calls/call-outcome.ts";
import type { CollectedAgent } from "./agent.ts";

/** What of an agent's evidence somebody wants to look into. */
export interface WantedNews {
  readonly summaries: boolean;
  readonly events: boolean;
}

/** Hears of every agent, in the turn in which it spoke: nothing here may wait or throw. */
export interface AgentNews {
  requested(agent: CollectedAgent, message: RequestMessage, receivedAtMs: number): void;
  /** An event that is no evidence. */
  fired(agent: CollectedAgent, message: EventMessage, receivedAtMs: number): void;
  beat(agent: CollectedAgent, metrics: Readonly<Record<string, unknown>>, receivedAtMs: number): void;
  /** Evidence as it is kept, after the privacy rules; only what `wants` names. */
  kept(agent: CollectedAgent, message: Summary | EventMessage, at: { receivedAtMs: number; seq: number }): void;
  wants(agent: CollectedAgent): WantedNews;
  /** It drew its widget anew; told seldom enough for pages to look each time. */
  drew(agent: CollectedAgent): void;
  /** It is in another state, or another health. */
  changed(agent: CollectedAgent, change: AgentChange): void;
  /** A call to it is over that reached it. */
  called(agent: CollectedAgent, call: Call, outcome: CallOutcome, tookMs: number): void;
  /** It said anew what it answers, or its plugin has come further, or back. */
  lived(agent: CollectedAgent): void;
  /** It is about to be told to work no longer; `null`: nothing to wait for. */
  suspending(agent: CollectedAgent): Promise<void> | null;
  /** Its process is gone. */
  ended(agent: CollectedAgent): void;
}

const nothing: WantedNews = { summaries: false, events: false };

/** Before anybody listens. */
export const unheard: AgentNews = {
  requested: () => undefined,
  fired: () => undefined,
  beat: () => undefined,
  kept: () => undefined,
  wants: () => nothing,
  drew: () => undefined,
  changed: () => undefined,
  called: () => undefined,
  lived: () => undefined,
  suspending: () => null,
  ended: () => undefined,
};
