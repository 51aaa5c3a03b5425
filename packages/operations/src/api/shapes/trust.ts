import { z } from "zod";
import { AbsolutePath } from "./evidence.ts";

const LONGEST_ID = 4_096;
const MOST_CAPABILITIES = 64;

const Names = z.array(z.string().min(1).max(LONGEST_ID)).max(MOST_CAPABILITIES);
/** A plugin's id, or the path of an allowed script. */
const Holder = z.string().min(1).max(LONGEST_ID);

/** Over TCP a grant is confirmed with the code that the collector's terminal shows. */
export const GrantBody = z.strictObject({
  plugin_id: Holder,
  capabilities: Names.min(1, { error: "must name at least one capability" }),
  code: z
    .string()
    .regex(/^\d{6}$/, { error: "must be the six digits that the collector's terminal shows" })
    .optional(),
});

export const RevokeBody = z.strictObject({
  plugin_id: Holder,
  /** Absent: all that it holds. */
  capabilities: Names.optional(),
});

export const GrantParams = z.object({
  id: z
    .string()
    .min(1)
    .max(LONGEST_ID + 64)
    .meta({ description: "`<plugin>:<capability>`, as `GET /grants` has it.", examples: ["acme.inbox-watch:network"] }),
});

/** What may be consented to with an installation: capabilities by name, or `all`. */
export const Consent = z.union([z.literal("all"), Names]);

const Scopes = z.array(z.string().min(1).max(LONGEST_ID)).max(MOST_CAPABILITIES);
const KeyLabel = z.string().max(1_024);

export const NewKeyBody = z.strictObject({ label: KeyLabel.optional(), scope: Scopes.optional() }).optional();

export const TrustKeyBody = z.strictObject({
  /** Line 2 of minisign's `.pub`, or the whole file. */
  public_key: z.string(),
  label: KeyLabel.optional(),
  scope: Scopes.optional(),
  source: z.enum(["pinned", "first-use"]).optional(),
});

export const KeyParams = z.object({
  id: z
    .string()
    .min(1)
    .max(128)
    .meta({ examples: ["0123456789ABCDEF"] }),
});

export const RevokeKeyBody = z.strictObject({ why: z.string().optional() }).optional();

export const AllowBody = z.strictObject({ path: AbsolutePath, grants: Names.optional() });
