import type { EventMessage, MessageReport, RequestMessage } from "@mimolo/protocol";
import type { CollectedAgent } from "../agents/agent.ts";
import type { Cause } from "../causes/cause.ts";
import { CollectorError } from "../error.ts";
import type { PlatformAround } from "../platform/platform-around.ts";

/** A message for a plugin, or for whichever handles it best. */
export interface OutgoingMessage {
  /** Who sends it: a plugin's id, `cli`, `api`, `embedder`. */
  readonly from: string;
  /** A plugin's id or an agent's label. */
  readonly to?: string | undefined;
  readonly type: string;
  readonly content: unknown;
}

/** What plugins ask of the collector. */
export interface Requests {
  requested(agent: CollectedAgent, message: RequestMessage, receivedAtMs: number): void;
  fired(agent: CollectedAgent, message: EventMessage, receivedAtMs: number): void;
  ended(agent: CollectedAgent): void;
  /** Throws `CollectorError` `no-handler` and what calls come to. */
  send(message: OutgoingMessage, cause?: Cause): Promise<MessageReport>;
  close(): Promise<void>;
}

export function openRequests(around: PlatformAround): Requests {
  void around;
  return {
    requested: (agent, { id, method }) => {
      const error = { code: "not-available", message: `"${method}" is not offered by this version` };
      agent.send({ cmd: "response", id, params: { ok: false, error } });
    },
    fired: () => undefined,
    ended: () => undefined,
    send: ({ type }) =>
      Promise.reject(
        new CollectorError("no-handler", `nobody handles "${type}"`, "mimolo plugin list shows who might"),
      ),
    close: () => Promise.resolve(),
  };
}
