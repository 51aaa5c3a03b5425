// One line of the evidence ledger, told apart by `kind`. Keys stand on disk in the order of docs/evidence.md.
import { z } from "zod";
import { JsonObject, Sequence, Timestamp } from "../message/envelope.ts";
import { agentOrigin, optionalOrigin, recordBase } from "./origin.ts";

const base = z.object(recordBase);

/** An agent's own line, byte for byte, as `message`. Erased records have an empty one. */
export const MessageRecord = base.extend({
  kind: z.literal("message"),
  ...agentOrigin,
  stream: z.string().optional(),
  agent_seq: Sequence.optional(),
  /** Names of the privacy rules that changed the line. */
  redacted: z.array(z.string()).optional(),
  message: JsonObject,
});
export type MessageRecord = z.infer<typeof MessageRecord>;

/** Time or numbers for which there is no evidence. With `instance_id` it concerns that agent alone. */
export const GapRecord = base.extend({
  kind: z.literal("gap"),
  ...optionalOrigin,
  data: z.object({
    reason: z.enum(["collector-down", "suspend", "stall", "suspend-or-stall", "missing-seq"]),
    from: Timestamp,
    to: Timestamp,
    stream: z.string().optional(),
    seq_from: Sequence.optional(),
    seq_to: Sequence.optional(),
  }),
});
export type GapRecord = z.infer<typeof GapRecord>;

/** The wall clock jumped by so many milliseconds. */
export const ClockStepRecord = base.extend({
  kind: z.literal("clock_step"),
  data: z.object({ at: Timestamp, by_ms: z.number() }),
});
export type ClockStepRecord = z.infer<typeof ClockStepRecord>;

/** A change of what an agent does, how it does, or what is done to it. */
export const AgentStateRecord = base.extend({
  kind: z.literal("agent_state"),
  ...optionalOrigin,
  data: z.object({
    state: z.string(),
    health: z.string(),
    condition: z.string(),
    cause: z.string(),
    code: z.number().nullable().optional(),
    signal: z.string().nullable().optional(),
    uptime_s: z.number().nullable().optional(),
    enforced: z.array(z.string()).optional(),
    unenforced: z.array(z.string()).optional(),
  }),
});
export type AgentStateRecord = z.infer<typeof AgentStateRecord>;

/** The rules of the fold from `at` on, with each agent's effective monitor spec. */
export const PolicyRecord = base.extend({
  kind: z.literal("policy"),
  data: z.object({
    at: Timestamp,
    cooldown_seconds: z.number().nonnegative(),
    flush_interval_s: z.number().positive(),
    minimum_segment_s: z.number().nonnegative(),
    /** Local time at which a day begins, `HH:MM`. */
    day_start: z.string(),
    time_zone: z.string(),
    agents: z.record(
      z.string(),
      z.object({
        resets_cooldown: z.boolean(),
        infrequent: z.boolean(),
        data_header: z.string().nullable().optional(),
      }),
    ),
  }),
});
export type PolicyRecord = z.infer<typeof PolicyRecord>;

/** Time brought in from elsewhere; `reconstructed` was never observed. */
export const ImportRecord = base.extend({
  kind: z.literal("import"),
  data: z.object({
    start: Timestamp,
    end: Timestamp,
    source: z.string(),
    external_id: z.string(),
    confidence: z.enum(["observed", "reconstructed"]),
    label: z.string(),
  }),
});
export type ImportRecord = z.infer<typeof ImportRecord>;

/** A person's word on a stretch of time; the fold applies it last. */
export const CorrectionRecord = base.extend({
  kind: z.literal("correction"),
  data: z.object({ from: Timestamp, to: Timestamp, as: z.enum(["work", "idle"]), note: z.string() }),
});
export type CorrectionRecord = z.infer<typeof CorrectionRecord>;

/** A monitor's own aggregation of a closed segment, used while its inputs match. */
export const AggregateRecord = base.extend({
  kind: z.literal("aggregate"),
  ...optionalOrigin,
  data: z.object({
    segment_id: z.string(),
    agent_label: z.string(),
    header: z.string(),
    input_seqs_sha256: z.string(),
    value: z.unknown().optional(),
    /** Instead of `value`: why the monitor's filter gave none. */
    fallback: z.unknown().optional(),
  }),
});
export type AggregateRecord = z.infer<typeof AggregateRecord>;

/** Who had which record emptied, and why. */
export const ErasureRecord = base.extend({
  kind: z.literal("erasure"),
  data: z.object({ seq: z.int().nonnegative(), leaf: z.string(), by: z.string(), why: z.string() }),
});
export type ErasureRecord = z.infer<typeof ErasureRecord>;

/** Any line of the evidence ledger. */
export const EvidenceRecord = z.discriminatedUnion("kind", [
  MessageRecord,
  GapRecord,
  ClockStepRecord,
  AgentStateRecord,
  PolicyRecord,
  ImportRecord,
  CorrectionRecord,
  AggregateRecord,
  ErasureRecord,
]);
export type EvidenceRecord = z.infer<typeof EvidenceRecord>;
/** What a record is about. */
export type RecordKind = EvidenceRecord["kind"];
