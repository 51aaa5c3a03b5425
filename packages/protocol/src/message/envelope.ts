// What every agent → collector message shares. Wire objects are open: keys not named here pass and stay in the line.
import { z } from "zod";
import { TIMESTAMP_PATTERN } from "../wire/constants.ts";
import { parseTimestamp } from "../wire/timestamp.ts";

/** ISO-8601 with a zone, any sub-second precision, seconds may be absent; a moment that exists. */
export const Timestamp = z
  .string()
  .regex(TIMESTAMP_PATTERN, "is no ISO-8601 time with a zone, such as 2025-11-07T09:00:00Z")
  .refine((text) => parseTimestamp(text) !== null, "names no real moment")
  .describe("ISO-8601 with a zone; seconds may be absent, any sub-second precision");

/** A JSON object whose keys are the sender's own business. */
export const JsonObject = z.looseObject({});
export type JsonObject = z.infer<typeof JsonObject>;

/** Position of an evidence line in a durable agent's stream: from 1, rising by one. */
export const Sequence = z.int().min(1).describe("number of this evidence line in the agent's durable stream");

/** Known metric keys. On the wire a value of another type is ignored, never a refusal: read them with `metricsOf`. */
export const Metrics = z.object({
  cpu: z.number().optional(),
  mem: z.number().optional(),
  mem_mb: z.number().optional(),
  /** Items waiting inside the agent. */
  queue: z.number().optional(),
  /** Changes waiting for the next summary; above 0 the collector flushes sooner. */
  pending: z.number().optional(),
  latency_ms: z.number().optional(),
  flush_latency_ms: z.number().optional(),
  samples: z.number().optional(),
  /** Seconds this summary covers, ending at its timestamp. */
  interval_s: z.number().optional(),
  cpu_percent_recent: z.number().optional(),
  cpu_percent_avg_60s: z.number().optional(),
  cpu_budget_percent: z.number().optional(),
  cpu_budget_ok: z.boolean().optional(),
  cpu_over_budget_seconds: z.number().optional(),
});
/** The metrics of a message that have the right type; unknown keys with a number stay too. */
export type Metrics = z.infer<typeof Metrics> & { readonly [key: string]: number | boolean | undefined };

/** Fields every message may carry beside its own. */
export const envelope = {
  /** When it happened; absent: the time of receipt. */
  timestamp: Timestamp.optional(),
  /** The sender's claim; the collector knows better and overrides it. */
  agent_id: z.string().optional(),
  /** The sender's claim; the collector knows better and overrides it. */
  agent_label: z.string().optional(),
  /** Anything: values of a wrong type are ignored. Read it with `metricsOf`. */
  metrics: z
    .unknown()
    .optional()
    .describe("object of numbers (cpu_budget_ok: boolean); a value of another type is ignored"),
};

/** What led to a message: the `cause` that came with the call or delivery its sender was at work on; null: nothing did. Without it
 *  the collector goes by what it asked of the sender just before. */
export const Cause = z
  .unknown()
  .optional()
  .describe("text that came as `cause` with an invoke or event, null for none; a value of another type is ignored");
