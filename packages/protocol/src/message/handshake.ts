// The first message of an agent, and what it tells of itself after it.
import { z } from "zod";
import { IDENTIFIER_PATTERN, PROTOCOL_VERSION_PATTERN, SEMVER_PATTERN } from "../wire/constants.ts";
import { envelope, JsonObject } from "./envelope.ts";

/** First line of an agent; answered by `ack` or `reject`. */
export const Handshake = z.object({
  type: z.literal("handshake"),
  ...envelope,
  /** `MAJOR.MINOR`; another major is rejected, the lower minor is spoken. */
  protocol_version: z.string().regex(PROTOCOL_VERSION_PATTERN, "is not MAJOR.MINOR"),
  /** Semver of the agent itself. */
  agent_version: z.string().regex(SEMVER_PATTERN, "is no semver version"),
  /** Oldest collector the agent works with, semver. */
  min_app_version: z.string().regex(SEMVER_PATTERN, "is no semver version").optional(),
  /** Features the agent speaks; unknown ones are ignored. */
  capabilities: z.array(z.string()).optional(),
  /** Id of the durable spool, made with it. */
  stream: z.string().min(1).max(128).optional(),
  data: JsonObject.optional(),
});
export type Handshake = z.infer<typeof Handshake>;

/** What a monitor's events mean to the timeline. */
export const MonitorSpec = z.object({
  /** A plain identifier. */
  label: z.string().regex(IDENTIFIER_PATTERN, "is no plain identifier"),
  /** Key of the items inside an event's payload; absent or null: none are collected. */
  data_header: z.string().min(1).max(128).nullable().optional(),
  /** Whether an event opens or extends a segment. Default true. */
  resets_cooldown: z.boolean().optional(),
  /** Whether events are entries of their own, outside aggregation. Default false. */
  infrequent: z.boolean().optional(),
  /** Seconds between two polls. Default 5. */
  poll_interval_s: z.number().positive().optional(),
});
export type MonitorSpec = z.infer<typeof MonitorSpec>;

/** What an agent tells of itself after the handshake. */
export const Metadata = z.object({
  type: z.literal("metadata"),
  ...envelope,
  data: z.looseObject({
    provides: z.array(z.string()).optional(),
    /** JSON Schema of the agent's settings. */
    config_schema: JsonObject.optional(),
    /** JSON Schema of the agent's own summary data. */
    data_schema: JsonObject.optional(),
    monitor: MonitorSpec.optional(),
    /** What it answers behind `invoke`. */
    interfaces: z.unknown().optional().describe("list of interface names; anything else is ignored"),
    /** JSON Schema of the `params` of its action. */
    params_schema: z.unknown().optional().describe("JSON Schema of the action's params; anything else is ignored"),
  }),
});
export type Metadata = z.infer<typeof Metadata>;
