// Every command a collector may send. Here all fields stand in `params`; some are repeated at top level on the wire.
import { z } from "zod";
import { CallError } from "../message/call.ts";
import { JsonObject } from "../message/envelope.ts";
import { WidgetMode } from "../message/widget-frame.ts";

const seconds = z.number().positive();
const fraction = z.number().nonnegative();
const names = z.array(z.string());
/** Echoed in the reply. */
const id = z.string().optional();

function command<Name extends string, Params extends z.ZodType>(name: Name, params: Params) {
  return z.object({ cmd: z.literal(name), id, params });
}

/** Answer to a good handshake: who the agent is here and what it may use. Older collectors send only the first lines. */
export const AckCommand = command(
  "ack",
  z.looseObject({
    ack: z.string().optional(),
    accepted: z.boolean().optional(),
    app_version: z.string().optional(),
    protocol_version: z.string().optional(),
    instance_id: z.string().optional(),
    run_id: z.string().optional(),
    heartbeat_interval_s: seconds.optional(),
    flush_interval_s: seconds.optional(),
    max_line_bytes: z.int().positive().optional(),
    cpu_budget_percent: fraction.optional(),
    memory_mib: fraction.optional(),
    config: JsonObject.optional(),
    privacy: z.array(z.unknown()).optional(),
    granted: names.optional(),
    enforced: names.optional(),
    unenforced: names.optional(),
  }),
);
/** Instead of an `ack`: the agent exits. */
export const RejectCommand = command("reject", z.looseObject({ reason: z.string() }));
/** One `summary`, then `ack` `flush`. */
export const FlushCommand = command("flush", z.looseObject({ reason: z.string().optional() }));
/** Sampling off. */
export const StopCommand = command("stop", JsonObject);
/** Sampling on; also ends safe mode. */
export const StartCommand = command("start", JsonObject);
/** One `status`. */
export const StatusCommand = command("status", JsonObject);
/** A last `summary` if anything is pending, then exit 0. */
export const ShutdownCommand = command("shutdown", JsonObject);
/** The steps in order, each with its ack. */
export const SequenceCommand = command(
  "sequence",
  z.looseObject({ sequence: z.array(z.string().min(1)).min(1).max(64) }),
);
/** What is durable now: everything through `through`, and the refused numbers are settled too. */
export const CommittedCommand = command(
  "committed",
  z.looseObject({
    stream: z.string(),
    through: z.int().nonnegative(),
    refused: z.array(z.object({ seq: z.int().min(1), code: z.string() })).optional(),
  }),
);
/** Sample `factor` times more slowly; 1 restores. */
export const ThrottleCommand = command(
  "throttle",
  z.looseObject({ factor: z.number().min(1), reason: z.string().optional() }),
);
export const LifecycleCommand = command(
  "lifecycle",
  z.looseObject({ phase: z.enum(["initialize", "activate", "suspend", "unload"]), config: JsonObject.optional() }),
);
/** News of a segment; no reply. */
export const SegmentCommand = command(
  "segment",
  z.looseObject({ phase: z.enum(["opened", "closed"]), id: z.string() }),
);
/** Answered by the `widget_frame` whose `request_id` is the command's `id`. */
export const WidgetRenderCommand = command(
  "widget_render",
  z.looseObject({ mode: WidgetMode, canvas: z.unknown().optional(), state_token: z.string().optional() }),
);
/** `refresh` runs the very tick-and-flush path: `summary`, fresh `widget_frame`, `ack`. */
export const WidgetActionCommand = command(
  "widget_action",
  z.looseObject({ action: z.string().min(1), payload: z.unknown().optional() }),
);
/** A call behind an interface; answered by `result`. */
export const InvokeCommand = command(
  "invoke",
  z.looseObject({
    interface: z.string().min(1),
    method: z.string().min(1),
    params: z.unknown().optional(),
    context: JsonObject.optional(),
  }),
);
/** Delivery to a subscriber. */
export const EventCommand = command(
  "event",
  z.looseObject({ topic: z.string(), from: z.string().optional(), data: z.unknown().optional() }),
);
/** Answer to a `request`, by its `id`. */
export const ResponseCommand = command(
  "response",
  z
    .looseObject({ ok: z.boolean(), data: z.unknown().optional(), error: CallError.optional() })
    .refine((answer) => answer.ok || answer.error !== undefined, {
      path: ["error"],
      message: "is missing (ok is false)",
    })
    .meta({ anyOf: [{ properties: { ok: { const: true } } }, { required: ["error"] }] }),
);

/** Any known command, told apart by `cmd`. */
export const WireCommand = z.discriminatedUnion("cmd", [
  AckCommand,
  RejectCommand,
  FlushCommand,
  StopCommand,
  StartCommand,
  StatusCommand,
  ShutdownCommand,
  SequenceCommand,
  CommittedCommand,
  ThrottleCommand,
  LifecycleCommand,
  SegmentCommand,
  WidgetRenderCommand,
  WidgetActionCommand,
  InvokeCommand,
  EventCommand,
  ResponseCommand,
]);
export type WireCommand = z.infer<typeof WireCommand>;
