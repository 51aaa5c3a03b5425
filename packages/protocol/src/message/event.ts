// Single happenings: a monitor's evidence, or news for subscribers.
import { z } from "zod";
import { Cause, envelope, Sequence } from "./envelope.ts";

/** A short-named happening. Evidence when the agent announced a monitor, else routed by topic. */
export const EventMessage = z.object({
  type: z.literal("event"),
  ...envelope,
  data: z.looseObject({
    /** Short name of what happened. */
    event: z.string().min(1).max(256),
    payload: z.unknown().optional(),
    topic: z.string().min(1).max(256).optional(),
  }),
  /** Only a monitor's events with a durable spool carry one. */
  seq: Sequence.optional(),
  cause: Cause,
});
export type EventMessage = z.infer<typeof EventMessage>;
