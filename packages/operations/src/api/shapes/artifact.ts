import { ArtifactState, RetentionClass } from "@mimolo/protocol";
import { z } from "zod";
import { MOST_IN_ARCHIVE } from "../../artifacts/archiving.ts";
import { LONGEST_NAME, Moment, PageQuery, SomeLabel, windowShape } from "./asked.ts";

/** As many as one request may name. */
export const MOST_NAMED = 5_000;
const LONGEST_REASON = 1_000;
const LONGEST_ARCHIVE_ID = 256;

const ArtifactId = z.string().min(1).max(LONGEST_NAME);
const ArtifactIds = z.array(ArtifactId).min(1).max(MOST_NAMED);
const Label = z.string().min(1).max(LONGEST_NAME);

export const ArtifactParams = z.object({
  token: z
    .string()
    .min(1)
    .max(512)
    .meta({ examples: ["3q2-7w"] }),
});

export const ArtifactQuery = PageQuery.extend({
  ...windowShape,
  label: SomeLabel.meta({ description: "Only artifacts of the agent with this label." }),
  plugin: z
    .string()
    .min(1)
    .max(LONGEST_NAME)
    .optional()
    .meta({ description: "Only artifacts of this plugin's agents." }),
  state: ArtifactState.optional().meta({ description: "Only artifacts in this state." }),
});

export const ArtifactTokenBody = z.strictObject({
  artifact_id: ArtifactId,
  /** Needed where two agents have an artifact of the same id. */
  instance_id: z.string().min(1).max(LONGEST_NAME).optional(),
});

/** As many as go into one archive. */
export const ArchiveBody = z.strictObject({
  label: Label,
  artifact_ids: z.array(ArtifactId).min(1).max(MOST_IN_ARCHIVE),
});

export const RestoreBody = z.strictObject({ label: Label, archive_id: z.string().min(1).max(LONGEST_ARCHIVE_ID) });

export const PurgePlanBody = z
  .strictObject({
    label: Label.optional(),
    artifact_ids: ArtifactIds.optional(),
    /** Only what was captured before. */
    before: Moment.optional(),
    retention_class: RetentionClass.optional(),
    /** Stays in the tombstones. */
    reason: z.string().max(LONGEST_REASON).optional(),
  })
  .refine(
    ({ label, artifact_ids: ids, before, retention_class: retention }) =>
      [label, ids, before, retention].some((given) => given !== undefined),
    { error: "must say which: by label, artifact_ids, before or retention_class" },
  );

/** Consent is said, never assumed, and so is the answer to the offer of an archive. */
export const PurgeExecuteBody = z.strictObject({
  plan_id: z.string().min(1).max(LONGEST_NAME),
  consent: z.literal(true, { error: "must be true: a purge needs your explicit consent" }),
  /** Whether the agents put it all into archives first; if one cannot, nothing is purged. */
  archive: z.boolean({ error: "must be true or false: say whether to archive first" }),
});
