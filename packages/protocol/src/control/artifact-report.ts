// The JSON documents about artifacts: what agents keep beside evidence, and what became of it.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";
import { RetentionClass } from "../record/artifact-reference.ts";

/** What became of an artifact. `missing`: its file is not there any more, and nobody purged it; `altered`: its bytes are not those
 *  that the evidence names. */
export const ArtifactState = z.enum(["present", "missing", "altered", "archived", "purged"]);
export type ArtifactState = z.infer<typeof ArtifactState>;

/** What stays of an artifact that was purged. */
export const Tombstone = z.object({
  at: Timestamp,
  /** The user, `cli` or `api`. */
  by: z.string(),
  reason: z.string().nullable(),
  /** Where its agent keeps it; null: nowhere. */
  archive_id: z.string().nullable(),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** One artifact, as evidence names it and as it stands now. */
export const Artifact = z.object({
  artifact_id: z.string(),
  label: z.string(),
  plugin_id: z.string(),
  instance_id: z.string(),
  /** Relative to the agent's own folder. */
  rel_path: z.string(),
  sha256: z.string(),
  bytes: z.int().nonnegative(),
  mime: z.string(),
  captured_at: Timestamp,
  retention_class: RetentionClass,
  /** The record that names it. */
  seq: z.int(),
  state: ArtifactState,
  /** The archive that its agent keeps it in; null outside of one. */
  archive_id: z.string().nullable(),
  /** Null for one that was not purged, or was restored since. */
  purged: Tombstone.nullable(),
});
export type Artifact = z.infer<typeof Artifact>;

/** What the artifacts of one agent come to; archived, purged and missing ones are not counted. */
export const AgentArtifacts = z.object({
  label: z.string(),
  plugin_id: z.string(),
  artifacts: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** `artifact_warn_mib` in bytes; 0: nobody is warned. */
  limit_bytes: z.int().nonnegative(),
  /** A sentence, once they take more than that. */
  warning: z.string().nullable(),
});
export type AgentArtifacts = z.infer<typeof AgentArtifacts>;

/** `GET /artifacts`: a page of them, the newest first, and what all of them come to. */
export const ArtifactList = z.object({
  items: z.array(Artifact),
  next_cursor: z.string().nullable(),
  totals: z.object({
    artifacts: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    agents: z.array(AgentArtifacts),
  }),
});
export type ArtifactList = z.infer<typeof ArtifactList>;

/** `POST /artifacts/token`: what opens `GET /artifacts/content/{token}` for five minutes. */
export const ArtifactTokenReport = z.object({
  /** 256 bits, base64url. */
  token: z.string(),
  expires_at: Timestamp,
});
export type ArtifactTokenReport = z.infer<typeof ArtifactTokenReport>;

/** What an agent put away. */
export const ArchiveReport = z.object({
  archive_id: z.string(),
  artifact_ids: z.array(z.string()),
  bytes: z.int().nonnegative(),
});
export type ArchiveReport = z.infer<typeof ArchiveReport>;

/** What an agent brought back. */
export const RestoreReport = z.object({ archive_id: z.string(), artifact_ids: z.array(z.string()) });
export type RestoreReport = z.infer<typeof RestoreReport>;

/** What a purge would take away, before anybody has agreed to it. */
export const PurgePlan = z.object({
  /** Good for one execution. */
  plan_id: z.string(),
  expires_at: Timestamp,
  artifacts: z.array(
    Artifact.pick({ artifact_id: true, label: true, rel_path: true, bytes: true, captured_at: true, state: true }),
  ),
  bytes: z.int().nonnegative(),
  /** By label: whether its agent can archive them first, now. */
  can_archive: z.record(z.string(), z.boolean()),
  /** What is worth knowing before one agrees, a sentence each. */
  warnings: z.array(z.string()),
});
export type PurgePlan = z.infer<typeof PurgePlan>;

/** What a purge took away. */
export const PurgeReport = z.object({
  plan_id: z.string(),
  /** Ids of the artifacts. */
  purged: z.array(z.string()),
  bytes: z.int().nonnegative(),
  archive_ids: z.array(z.string()),
  /** What stayed, and why. */
  kept: z.array(z.object({ artifact_id: z.string(), reason: z.string() })),
});
export type PurgeReport = z.infer<typeof PurgeReport>;
