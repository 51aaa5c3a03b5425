import { AgentStatus, LABEL_PATTERN } from "@mimolo/protocol";
import { z } from "zod";
import { LONGEST_NAME } from "./asked.ts";

/** A path's `{label}`. What no agent can be called is looked for all the same, and not found. */
export const LabelParams = z.object({
  label: z
    .string()
    .min(1)
    .max(LONGEST_NAME)
    .meta({ description: "An agent's label.", examples: ["folder-activity"] }),
});

/** A label to be given. */
export const NewLabel = z.string({ error: "must name the agent" }).regex(LABEL_PATTERN, {
  error: "must be letters, digits, - and _, such as my-agent",
});

/** Keys of `[plugins.<label>]`, the plugin's own among them; `null` takes one out. */
export const AgentKeys = z.record(z.string(), z.unknown());

export const NewAgent = z.looseObject({ label: NewLabel });
export const Duplicate = z.strictObject({ label: NewLabel });

/** How an edit of the configuration was taken. */
export const EditReport = z.object({
  outcome: z.enum(["reloaded", "unchanged", "rolled-back", "refused"]),
  message: z.string(),
  /** Files that changed; none when all of it was so already. */
  files: z.array(z.string()),
  /** Keys that hold from the next start on. */
  at_next_start: z.array(z.string()),
  blocked: z.array(z.object({ label: z.string(), reason: z.string() })),
  /** Keys that were written and do not count, since something above the files sets them too. */
  overruled: z.array(z.string()),
});

/** The agent as it is now, if it is there, and how the change was taken. */
export const EditedAgent = AgentStatus.partial().extend({ label: z.string(), reload: EditReport });
export const RemovedAgent = z.object({ label: z.string(), reload: EditReport });
