// Files an agent keeps: always named by reference, never by a path of the machine.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";
import { SHA256_PATTERN } from "../wire/constants.ts";
import { isOwnRelativePath } from "../wire/own-path.ts";

/** How long an artifact is kept: until the next purge, until someone decides, or in an archive. */
export const RetentionClass = z.enum(["ephemeral", "retained", "archived"]);
export type RetentionClass = z.infer<typeof RetentionClass>;

/** A file inside the agent's own folder. */
export const ArtifactReference = z.object({
  artifact_id: z.string().min(1).max(128),
  /** Relative to the agent's own folder; never absolute, never with `..`. */
  rel_path: z
    .string()
    .min(1)
    .max(1024)
    .refine(isOwnRelativePath, "must stay inside the agent's own folder")
    .describe("relative path inside the agent's own folder: no leading slash, drive, scheme or .. part"),
  sha256: z.string().regex(SHA256_PATTERN, "is no lower-case hex SHA-256"),
  bytes: z.int().nonnegative(),
  mime: z.string().min(1).max(255),
  captured_at: Timestamp,
  retention_class: RetentionClass,
});
export type ArtifactReference = z.infer<typeof ArtifactReference>;
