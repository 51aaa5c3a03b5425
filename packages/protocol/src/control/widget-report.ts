// What the page shows of an agent, and what an agent answers to what is done there.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";
import { WidgetMode } from "../message/widget-frame.ts";

/** Why there is no picture, or no newer one. */
export const WidgetProblem = z.object({
  /** `timed-out`, `command-not-taken`, or what the rebuild refused it for, such as `too-deep`. */
  code: z.string(),
  /** A sentence for the agent's author. */
  message: z.string(),
});
export type WidgetProblem = z.infer<typeof WidgetProblem>;

/** The last picture an agent drew, rebuilt from the allowlist: never the agent's own HTML. */
export const WidgetReport = z.object({
  label: z.string(),
  plugin_id: z.string(),
  /** The form it came in; null before the first. */
  mode: WidgetMode.nullable(),
  /** Safe to show in a sandboxed frame. Its pictures stand as `mimolo://artifact/<token>`. */
  html: z.string().nullable(),
  received_at: Timestamp.nullable(),
  /** How long the agent said that it stays fresh, milliseconds; a day at most. */
  ttl_ms: z.number().nonnegative(),
  expires_at: Timestamp.nullable(),
  /** There is none, it is older than the agent said it may be, or it is of a process that is gone. */
  is_stale: z.boolean(),
  /** The agent's own note on what it shows. */
  state_token: z.string().nullable(),
  /** Elements and texts in `html`. */
  nodes: z.int().nonnegative(),
  problem: WidgetProblem.nullable(),
});
export type WidgetReport = z.infer<typeof WidgetReport>;

/** An action of a widget, done: what it brought to light is durable. */
export const WidgetActionReport = z.object({
  label: z.string(),
  action: z.string(),
  /** What the agent said to it. */
  message: z.string().nullable(),
  /** Sequence number of the newest durable record. */
  through: z.int().nonnegative(),
  /** The picture after it; null where none came. */
  widget: WidgetReport.nullable(),
});
export type WidgetActionReport = z.infer<typeof WidgetActionReport>;
