// Fields that records share, and who wrote them.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";

/** Under what trust the writing agent ran. */
export const RecordTrust = z.enum(["trusted", "dev"]);
export type RecordTrust = z.infer<typeof RecordTrust>;

/** Of every record. */
export const recordBase = {
  /** Global per collector, never reused. */
  seq: z.int().nonnegative(),
  received_at: Timestamp,
  /** 16 random bytes, base64url, so that a hash of the line tells nothing about it. */
  salt: z.string().regex(/^[A-Za-z0-9_-]{22}$/, "is no 16 bytes in base64url"),
};

const origin = {
  instance_id: z.string(),
  plugin_id: z.string(),
  agent_label: z.string(),
  /** One agent process. */
  run_id: z.string(),
  trust: RecordTrust,
};

/** Of a record that an agent caused. */
export const agentOrigin = origin;

/** Of a record that may be the collector's own. */
export const optionalOrigin = {
  instance_id: origin.instance_id.optional(),
  plugin_id: origin.plugin_id.optional(),
  agent_label: origin.agent_label.optional(),
  run_id: origin.run_id.optional(),
  trust: origin.trust.optional(),
};
