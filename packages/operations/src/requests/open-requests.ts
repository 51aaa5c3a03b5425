import type { EventMessage, MessageReport, RequestMessage } from "@mimolo/protocol";
import type { CollectedAgent } from "../agents/agent.ts";
import type { Cause } from "../causes/cause.ts";
import { Messages } from "../messages/messages.ts";
import type { OutgoingMessage } from "../messages/outgoing.ts";
import type { PlatformAround } from "../platform/platform-around.ts";
import { PluginData } from "../plugin-data/plugin-data.ts";
import { Topics } from "../topics/topics.ts";
import { Firing } from "./firing.ts";
import { agentMethods } from "./methods/agents.ts";
import { artifactMethods } from "./methods/artifacts.ts";
import { callingMethods } from "./methods/calling.ts";
import { configurationMethods } from "./methods/configuration.ts";
import { keepingMethods } from "./methods/keeping.ts";
import { loggingMethods } from "./methods/logging.ts";
import { messagingMethods } from "./methods/messaging.ts";
import { readingMethods } from "./methods/reading.ts";
import { RequestDesk } from "./request-desk.ts";

export type { OutgoingMessage } from "../messages/outgoing.ts";

/** What plugins ask of the collector. */
export interface Requests {
  requested(agent: CollectedAgent, message: RequestMessage, receivedAtMs: number): void;
  fired(agent: CollectedAgent, message: EventMessage, receivedAtMs: number): void;
  ended(agent: CollectedAgent): void;
  /** Throws `CollectorError` `no-handler` and what calls come to. */
  send(message: OutgoingMessage, cause?: Cause): Promise<MessageReport>;
  /** Resolves when what was to be kept is on the disk. */
  close(): Promise<void>;
}

/** Puts together who answers what plugins ask, and who hears what they publish. */
export function openRequests(around: PlatformAround): Requests {
  const { clock, causes, audit, directory, parts, agents } = around;
  const messages = new Messages(around);
  const data = new PluginData(directory.state);
  const topics = new Topics({
    clock,
    deliver: (cause, to) => causes.deliver(cause, to),
    complain: (agent, dropped) => {
      const message = `${agent.label} reads too slowly: ${dropped} events of others were dropped, the oldest first`;
      around.say({ type: "collector", level: "warning", code: "events-dropped", message });
    },
  });
  const desk = new RequestDesk({
    clock,
    causes,
    audit,
    place: () => ({ dataDir: directory.root, env: parts.options.env }),
    methods: {
      ...messagingMethods(messages, topics),
      ...configurationMethods(around),
      ...agentMethods(around),
      ...loggingMethods(agents),
      ...callingMethods(around.calls),
      ...readingMethods(around.archive, parts.options.query),
      ...artifactMethods(around.artifacts),
      ...keepingMethods(data),
    },
  });
  const firing = new Firing(around, topics, desk);
  return {
    requested: (agent, message) => desk.take(agent, message),
    fired: (agent, message) => firing.fired(agent, message),
    ended(agent) {
      desk.ended(agent.label);
      topics.ended(agent.label);
      messages.ended(agent.label);
      firing.ended(agent.label);
    },
    send: (message, cause) => messages.send(message, { cause }),
    close: () => data.close(),
  };
}
