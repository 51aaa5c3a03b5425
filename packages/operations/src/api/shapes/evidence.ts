import { isAbsolute } from "node:path";
import { EvidenceRecord } from "@mimolo/protocol";
import { z } from "zod";
import { CalendarDay, Moment, PageQuery, SomeLabel, windowShape } from "./asked.ts";

const kinds = EvidenceRecord.options.map((option) => option.shape.kind.value);

export const EvidenceQuery = PageQuery.extend({
  ...windowShape,
  agent: SomeLabel.meta({ description: "Only records of the agent with this label." }),
  kind: z.enum(kinds).optional().meta({ description: "Only records of this kind." }),
});

export const DiagnosticsQuery = PageQuery.extend({
  label: SomeLabel.meta({ description: "Only lines about the agent with this label." }),
  newest: z.enum(["true", "false"]).optional().meta({
    description: "`true`: the newest lines, as many as `limit`; there is no next page then.",
  }),
});

export const AuditQuery = PageQuery.extend(windowShape);

/** What stands where depends on nobody's working directory. */
export const AbsolutePath = z
  .string()
  .max(4_096)
  .refine((path) => isAbsolute(path) && !path.includes("\0"), { error: "must be absolute" });

export const VerifyRequest = z
  .strictObject({
    /** Only this day. */
    date: CalendarDay.optional(),
    /** A repository whose commits name heads of the ledger: a folder of this machine, asked for over the socket only. */
    repo: AbsolutePath.optional(),
  })
  .optional();

export const CorrectionBody = z.strictObject({
  from: Moment,
  to: Moment,
  as: z.enum(["work", "idle"]),
  note: z.string(),
});

export const CorrectionReport = z.object({
  seq: z.int(),
  from: z.string(),
  to: z.string(),
  as: z.enum(["work", "idle"]),
  note: z.string(),
});

export const ErasureBody = z.strictObject({
  seq: z.int({ error: "must be the number of a record" }).min(1, { error: "must be the number of a record" }),
  why: z.string(),
});

export const ErasureReport = z.object({
  seq: z.int(),
  /** The leaf hash its line had, hex. */
  leaf: z.string(),
  record_seq: z.int(),
  /** Aggregates of the same agent that may repeat what it said. */
  repeated_by: z.array(z.int()),
});
