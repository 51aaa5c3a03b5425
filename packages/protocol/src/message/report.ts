// What an agent has to say beside its observations: failures, log lines, receipts, free forms.
import { z } from "zod";
import { envelope } from "./envelope.ts";

/** A failure the agent noticed itself; `fatal` makes the collector restart it. */
export const ErrorMessage = z.object({
  type: z.literal("error"),
  ...envelope,
  message: z.string(),
  /** Default `recoverable`. */
  severity: z.enum(["recoverable", "fatal"]).optional(),
  context: z.unknown().optional(),
  /** A word for machines, such as `emit-failed`. */
  code: z.string().optional(),
});
export type ErrorMessage = z.infer<typeof ErrorMessage>;

export const LogLevel = z.enum(["debug", "info", "warning", "error"]);
export type LogLevel = z.infer<typeof LogLevel>;

/** A line for the diagnostics log. */
export const LogMessage = z.object({
  type: z.literal("log"),
  ...envelope,
  level: LogLevel,
  message: z.string(),
  /** Whether `message` holds console markup. */
  markup: z.boolean().optional(),
  extra: z.unknown().optional(),
});
export type LogMessage = z.infer<typeof LogMessage>;

/** Receipt for a command. */
export const Ack = z.object({
  type: z.literal("ack"),
  ...envelope,
  /** The command's `cmd`. */
  ack_command: z.string().min(1),
  /** The command's `id`, when it had one. */
  id: z.string().optional(),
  message: z.string().optional(),
});
export type Ack = z.infer<typeof Ack>;

/** Free numbers; only logged. */
export const Metric = z.object({ type: z.literal("metric"), ...envelope });
export type Metric = z.infer<typeof Metric>;

/** Free form; only logged. */
export const Custom = z.object({ type: z.literal("custom"), ...envelope });
export type Custom = z.infer<typeof Custom>;
