// Calls: an agent's answer to `invoke`, and its own wishes to the collector.
import { z } from "zod";
import { Cause, envelope, JsonObject } from "./envelope.ts";

/** Why a call failed: a word for machines and a sentence for people. */
export const CallError = z.object({ code: z.string(), message: z.string() });
export type CallError = z.infer<typeof CallError>;

/** Answer to an `invoke`, by its `id`. */
export const Result = z
  .object({
    type: z.literal("result"),
    ...envelope,
    id: z.string().min(1),
    ok: z.boolean(),
    data: z.unknown().optional(),
    error: CallError.optional(),
  })
  .refine((result) => result.ok || result.error !== undefined, { path: ["error"], message: "is missing (ok is false)" })
  .meta({ anyOf: [{ properties: { ok: { const: true } } }, { required: ["error"] }] });
export type Result = z.infer<typeof Result>;

/** A wish to the collector, answered by the command `response` with the same `id`. */
export const RequestMessage = z.object({
  type: z.literal("request"),
  ...envelope,
  id: z.string().min(1),
  method: z.string().min(1),
  params: JsonObject.optional(),
  cause: Cause,
});
export type RequestMessage = z.infer<typeof RequestMessage>;
