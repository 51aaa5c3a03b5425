import type { CollectedAgent } from "../agents/agent.ts";
import type { Cause } from "../causes/cause.ts";

/** A message for a plugin, or for whichever handles it best. */
export interface OutgoingMessage {
  /** Who sends it: a plugin's id, `cli`, `api`, `embedder`. */
  readonly from: string;
  /** A plugin's id or an agent's label. */
  readonly to?: string | undefined;
  readonly type: string;
  readonly content: unknown;
  /** How long its handler has. Default 5 s. */
  readonly timeoutMs?: number | undefined;
}

/** What led to a message of a plugin. */
export interface Sending {
  /** The agent it comes from; without: a person, who may reach every plugin. */
  readonly sender?: CollectedAgent | undefined;
  readonly cause?: Cause | undefined;
}

/** A message as its handler gets it. */
export interface Message {
  readonly id: string;
  readonly from: string;
  readonly to?: string;
  readonly type: string;
  readonly content: unknown;
  readonly timestamp: string;
}
