// What agents say that concerns other plugins, and what becomes of them: for whoever wants to know.
import type { EventMessage, RequestMessage, Summary } from "@mimolo/protocol";
import type { AgentChange } from "@mimolo/supervisor";
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
  /** Evidence as it is kept, after the privacy rules; only what `wants` names. */
  kept(agent: CollectedAgent, message: Summary | EventMessage, receivedAtMs: number): void;
  wants(agent: CollectedAgent): WantedNews;
  /** It is in another state, or another health. */
  changed(agent: CollectedAgent, change: AgentChange): void;
  /** Its process is gone. */
  ended(agent: CollectedAgent): void;
}

const nothing: WantedNews = { summaries: false, events: false };

/** Before anybody listens. */
export const unheard: AgentNews = {
  requested: () => undefined,
  fired: () => undefined,
  kept: () => undefined,
  wants: () => nothing,
  changed: () => undefined,
  ended: () => undefined,
};
