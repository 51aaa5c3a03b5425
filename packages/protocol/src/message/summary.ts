// The evidence plane: what was observed since the last summary.
import { z } from "zod";
import { ArtifactReference } from "../record/artifact-reference.ts";
import { envelope, Sequence } from "./envelope.ts";

/** Whether the window saw work. Only active agents drive the timeline; `null` is for passive ones. */
export const ActivitySignal = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("active"), keep_alive: z.boolean(), reason: z.string().optional() }),
  z.object({ mode: z.literal("passive"), keep_alive: z.boolean().nullable(), reason: z.string().optional() }),
]);
/** What a summary says about work; `keep_alive` is null for passive agents only. */
export interface ActivitySignal {
  readonly mode: "active" | "passive";
  readonly keep_alive: boolean | null;
  readonly reason?: string | undefined;
}

/** One window's observations, kept for ever as the agent's own bytes. */
export const Summary = z.object({
  type: z.literal("summary"),
  ...envelope,
  data: z.looseObject({
    /** Absent: the summary is passive. */
    activity_signal: ActivitySignal.optional(),
    artifacts: z.array(ArtifactReference).optional(),
  }),
  /** Only from agents with a durable spool. */
  seq: Sequence.optional(),
});
export type Summary = z.infer<typeof Summary>;
