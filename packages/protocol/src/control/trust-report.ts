// The JSON documents about trust: keys, grants, installed packages, the audit log.
import { z } from "zod";
import { Timestamp } from "../message/envelope.ts";
import { Verdict } from "./agent-status.ts";

/** A key of the keyring as `mimolo key list --json` and GET /keys show it. */
export const KeyReport = z.object({
  key_id: z.string(),
  /** Line 2 of minisign's `.pub`. */
  public_key: z.string(),
  label: z.string(),
  source: z.enum(["builtin", "self", "pinned", "first-use"]),
  /** Plugin ids it vouches for, as globs. */
  scope: z.array(z.string()),
  added_at: Timestamp,
  expires_at: Timestamp.optional(),
  revoked: z.object({ at: Timestamp, why: z.string().optional() }).optional(),
});
export type KeyReport = z.infer<typeof KeyReport>;

/** `mimolo key new --json`. */
export const NewKeyReport = z.object({
  key_id: z.string(),
  public_key: z.string(),
  label: z.string(),
  scope: z.array(z.string()),
  /** The secret key's file. */
  path: z.string(),
});
export type NewKeyReport = z.infer<typeof NewKeyReport>;

/** One capability or permission that something holds. */
export const GrantReport = z.object({
  /** `<plugin>:<capability>`; for a script or file its path stands for the plugin. */
  id: z.string(),
  plugin_id: z.string(),
  capability: z.string(),
  at: Timestamp,
  by: z.string(),
});
export type GrantReport = z.infer<typeof GrantReport>;

/** What became of `mimolo allow`. */
export const AllowReport = z.object({
  kind: z.enum(["script", "config"]),
  /** Real and absolute. */
  path: z.string(),
  /** SHA-256 of the bytes that were allowed, hex. */
  digest: z.string(),
  granted: z.array(z.string()),
  /** The key that signed it. */
  key_id: z.string(),
  /** What is worth saying about it, sentences. */
  notes: z.array(z.string()),
});
export type AllowReport = z.infer<typeof AllowReport>;

/** What became of an installation. */
export const InstallReport = z.object({
  plugin_id: z.string(),
  version: z.string(),
  /** SHA-256 of the manifest, hex. */
  digest: z.string(),
  key_id: z.string().nullable(),
  verdict: Verdict,
  /** The folder in the store. */
  path: z.string(),
  granted: z.array(z.string()),
  /** What it asks for and does not have: permissions, whose requests will be refused. */
  not_granted: z.array(z.string()),
  /** The version it took the place of; null for a first installation. */
  replaced: z.string().nullable(),
  /** False when exactly this package was installed already. */
  changed: z.boolean(),
});
export type InstallReport = z.infer<typeof InstallReport>;

export const RemoveReport = z.object({ plugin_id: z.string(), versions: z.array(z.string()) });
export type RemoveReport = z.infer<typeof RemoveReport>;

/** What something holds after a change of its grants. */
export const HeldGrants = z.object({
  plugin_id: z.string(),
  granted: z.array(z.string()),
  /** What it asks for and does not have. */
  not_granted: z.array(z.string()),
});
export type HeldGrants = z.infer<typeof HeldGrants>;

/** One entry of the audit log. */
export const AuditEntry = z.object({
  seq: z.int().positive(),
  at: Timestamp,
  action: z.string(),
  subject: z.string(),
  by: z.string(),
  detail: z.union([z.string(), z.record(z.string(), z.unknown())]),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
