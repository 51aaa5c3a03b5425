// A stretch of work, folded from records.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";

/** Time inside a segment for which there is no evidence. */
export const SegmentGap = z.object({ from: Timestamp, to: Timestamp, reason: z.string() });
export type SegmentGap = z.infer<typeof SegmentGap>;

/** Work without a pause longer than the cooldown. Derived: it can be folded again from the evidence at any time. */
export const Segment = z.object({
  /** `<collector_id>:<seq of the opening record>`. */
  id: z.string(),
  start: Timestamp,
  /** End of the last resetting span; the cooldown is not work. */
  end: Timestamp,
  /** Without the gaps. */
  duration_s: z.number().nonnegative(),
  /** Resetting spans after the opener. */
  resets_count: z.int().nonnegative(),
  labels: z.array(z.string()),
  reasons: z.array(z.string()),
  /** `{<label>: {<header>: value}}`. */
  aggregated: z.record(z.string(), z.record(z.string(), z.unknown())),
  gaps: z.array(SegmentGap),
  confidence: z.enum(["observed", "reconstructed"]),
});
export type Segment = z.infer<typeof Segment>;

/** An event outside aggregation: an entry of its own, at once. */
export const InfrequentEntry = z.object({
  at: Timestamp,
  seq: z.int().nonnegative(),
  label: z.string(),
  event: z.string(),
  data: z.unknown().optional(),
});
export type InfrequentEntry = z.infer<typeof InfrequentEntry>;
