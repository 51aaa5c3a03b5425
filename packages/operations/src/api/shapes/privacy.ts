import { Timestamp } from "@mimolo/protocol";
import { z } from "zod";
import { PrivacyRule } from "../../config/rule-schema.ts";
import { Moment } from "./asked.ts";

const MOST_RULES = 200;
const MOST_EXAMPLES = 200;

/** Rules to be tried; absent: those in force. */
export const PrivacyDraft = z
  .strictObject({
    rules: z.array(PrivacyRule).max(MOST_RULES).optional(),
    /** The most examples; 20 if absent. */
    limit: z.int().min(1).max(MOST_EXAMPLES).optional(),
    from: Moment.optional(),
    to: Moment.optional(),
  })
  .optional();

export const PrivacyDraftReport = z.object({
  /** Messages of agents that were looked at. */
  records: z.int().nonnegative(),
  /** How many of them a rule would have changed. */
  matched: z.int().nonnegative(),
  /** The newest of those, newest first. */
  examples: z.array(
    z.object({
      seq: z.int(),
      at: Timestamp,
      label: z.string(),
      rule: z.string(),
      effect: z.enum(["redact", "drop"]),
      /** The first value that is covered, as JSON; cut where it is long. */
      before: z.string(),
      /** What would have been kept in its place; null: nothing of the record. */
      after: z.string().nullable(),
    }),
  ),
});
