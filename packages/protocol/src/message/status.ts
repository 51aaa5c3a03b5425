// How an agent says it is doing.
import { z } from "zod";
import { HEALTHS } from "../wire/constants.ts";
import { envelope, JsonObject } from "./envelope.ts";

/** Agent → collector, at least once per heartbeat interval. Silence is a failure. */
export const Heartbeat = z.object({
  type: z.literal("heartbeat"),
  ...envelope,
  timestamp: envelope.timestamp.unwrap(),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** Health as sent; `readHealth` makes `ok` of `healthy`. */
export const WireHealth = z.enum([...HEALTHS, "healthy"]);

/** `intensive` declares a burst that may go over the CPU budget for a while. */
export const Mode = z.enum(["normal", "intensive"]);
export type Mode = z.infer<typeof Mode>;

/** State of an agent: at start, on request, whenever it changes. */
export const Status = z
  .object({
    type: z.literal("status"),
    ...envelope,
    /** May be absent when `tuned`, `mode` or `details.mode` says what the message is about. */
    health: WireHealth.optional(),
    uptime_s: z.number().optional(),
    details: JsonObject.optional(),
    message: z.string().optional(),
    mode: Mode.optional(),
    /** What the agent changed about its own pace. */
    tuned: z.unknown().optional(),
  })
  .refine(saysSomething, { path: ["health"], message: "is missing (only a status with tuned or mode may omit it)" })
  .meta({
    anyOf: [
      { required: ["health"] },
      { required: ["mode"] },
      { required: ["tuned"], properties: { tuned: { not: { type: "null" } } } },
      {
        required: ["details"],
        properties: { details: { required: ["mode"], properties: { mode: { enum: Mode.options } } } },
      },
    ],
  });
export type Status = z.infer<typeof Status>;

function saysSomething(status: {
  health?: unknown;
  mode?: unknown;
  tuned?: unknown;
  details?: JsonObject | undefined;
}): boolean {
  const { health, mode, tuned, details } = status;
  if (health !== undefined || mode !== undefined) return true;
  return (tuned !== undefined && tuned !== null) || Mode.safeParse(details?.["mode"]).success;
}
