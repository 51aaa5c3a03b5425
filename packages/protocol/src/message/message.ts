// Every message an agent may send, as one union.
import { z } from "zod";
import { RequestMessage, Result } from "./call.ts";
import { EventMessage } from "./event.ts";
import { Handshake, Metadata } from "./handshake.ts";
import { Ack, Custom, ErrorMessage, LogMessage, Metric } from "./report.ts";
import { Heartbeat, Status } from "./status.ts";
import { Summary } from "./summary.ts";
import { WidgetFrame } from "./widget-frame.ts";

/** Any known message, told apart by `type`. */
export const WireMessage = z.discriminatedUnion("type", [
  Handshake,
  Heartbeat,
  Summary,
  EventMessage,
  Status,
  ErrorMessage,
  LogMessage,
  Ack,
  Metadata,
  WidgetFrame,
  Result,
  RequestMessage,
  Metric,
  Custom,
]);
export type WireMessage = z.infer<typeof WireMessage>;
