// The hand guard of agent messages: what the zod schemas say, at a twentieth of their cost. Property tests hold the two equal.
import type { WireMessage } from "../../message/message.ts";
import { MESSAGE_TYPES, type MessageType } from "../constants.ts";
import { requestFault, resultFault, widgetFrameFault } from "./call-guards.ts";
import { type Candidate, envelopeFault, type Fault, isObject } from "./checks.ts";
import { ackFault, errorFault, handshakeFault, logFault, metadataFault, statusFault } from "./diagnostics-guards.ts";
import { eventFault, summaryFault } from "./evidence-guards.ts";

const KNOWN_TYPES: ReadonlySet<unknown> = /* @__PURE__ */ new Set(MESSAGE_TYPES);

export function isMessageType(type: unknown): type is MessageType {
  return KNOWN_TYPES.has(type);
}

/** Whether a parsed value is a message of a known type that keeps its schema. */
export function isWireMessage(value: unknown): value is WireMessage {
  if (!isObject(value)) return false;
  const { type }: Candidate<"type"> = value;
  return isMessageType(type) && messageFault(type, value) === null;
}

/** Where a message of a known type breaks its schema: the path of its first faulty field, or null. */
export function messageFault(type: MessageType, message: object): Fault {
  const fault = envelopeFault(message, type === "heartbeat");
  if (fault !== null) return fault;
  switch (type) {
    case "heartbeat":
    case "metric":
    case "custom":
      return null;
    case "summary":
      return summaryFault(message);
    case "event":
      return eventFault(message);
    case "handshake":
      return handshakeFault(message);
    case "status":
      return statusFault(message);
    case "error":
      return errorFault(message);
    case "log":
      return logFault(message);
    case "ack":
      return ackFault(message);
    case "metadata":
      return metadataFault(message);
    case "widget_frame":
      return widgetFrameFault(message);
    case "result":
      return resultFault(message);
    case "request":
      return requestFault(message);
  }
}
