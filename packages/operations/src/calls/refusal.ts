import type { CollectedAgent } from "../agents/agent.ts";
import type { CallAnswer, CallFailure } from "./plugin-call.ts";

/** A call that came to nothing. */
export type Refusal = Omit<Extract<CallAnswer, { ok: false }>, "tookMs">;

export interface RefusalDetail {
  readonly hint?: string | undefined;
  readonly reason?: string | undefined;
  readonly agent?: Pick<CollectedAgent, "label" | "plan"> | undefined;
}

export function refused(code: CallFailure, message: string, { hint, reason, agent }: RefusalDetail = {}): Refusal {
  return { ok: false, code, message, hint, reason, label: agent?.label, pluginId: agent?.plan.pluginId };
}
