import { LABEL_PATTERN } from "@mimolo/protocol";
import { z } from "zod";

/** A path's `{label}`. What no agent can be called is looked for all the same, and not found. */
export const LabelParams = z.object({ label: z.string().min(1).max(128).meta({ example: "folder-activity" }) });

/** A label to be given. */
export const NewLabel = z.string().regex(LABEL_PATTERN);
