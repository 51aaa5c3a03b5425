import { z } from "zod";
import { failed, refused, answered } from "../answer.ts";
import { text } from "../check-params.ts";
import { method, type RequestMethod } from "../request-method.ts";
import type { Messages } from "../../messages/messages.ts";
import { MOST_TOPIC_CHARACTERS, topicFault } from "../../topics/topic-table.ts";
import type { Topics } from "../../topics/topics.ts";

const MOST_TIMEOUT_MS = 300_000;

/** Its next process would hear what it did not ask for. */
const leaving = refused("agent-not-running", "it is about to end");

/** Messages and topics: how plugins reach each other. */
export function messagingMethods(messages: Messages, topics: Topics): Record<string, RequestMethod> {
  return {
    "message.send": method({
      permission: "write-messaging",
      leadsOn: true,
      params: z.strictObject({
        to: text(128).optional(),
        type: text(256),
        content: z.unknown().optional(),
        timeout_ms: z.int().min(1).max(MOST_TIMEOUT_MS).optional(),
      }),
      async run({ to, type, content = null, timeout_ms: timeoutMs }, { agent, cause }) {
        const outgoing = { from: agent.plan.pluginId, to, type, content, timeoutMs };
        try {
          return answered(await messages.send(outgoing, { sender: agent, cause }));
        } catch (error) {
          return failed(error);
        }
      },
    }),
    "message.receive": method({
      permission: "read-messaging",
      params: z.strictObject({}),
      run(_params, { agent }) {
        if (!agent.isRunning) return leaving;
        const fault = messages.handlers.register(agent);
        return fault === null ? answered({ receives: true }) : refused("not-offered", fault);
      },
    }),
    "event.publish": method({
      permission: "write-messaging",
      leadsOn: true,
      params: z.strictObject({ topic: z.string().max(MOST_TOPIC_CHARACTERS), data: z.unknown().optional() }),
      run({ topic, data = null }, { agent, cause }) {
        const fault = topicFault(topic, "topic");
        if (fault !== null) return refused("invalid-params", `params.topic ${fault}`);
        if (cause === undefined) throw new Error("what is published has a cause");
        const subscribers = topics.publish({ topic, from: agent.plan.pluginId, data }, agent.label, cause);
        if (subscribers !== null) return answered({ topic, subscribers });
        return refused(
          "rate-limited",
          "it publishes more than its subscribers can be told",
          "publish less, or less often",
        );
      },
    }),
    "event.subscribe": method({
      permission: "read-messaging",
      params: z.strictObject({ topic: z.string().max(MOST_TOPIC_CHARACTERS) }),
      run({ topic }, { agent }) {
        if (!agent.isRunning) return leaving;
        const fault = topics.subscribe(agent, topic);
        return fault === null ? answered({ topic }) : refused("invalid-params", fault);
      },
    }),
  };
}
