import type { CollectedAgent } from "../agents/agent.ts";
import type { CallOutcome } from "./call-outcome.ts";
import { methodHint } from "./methods.ts";
import type { CallFailure, PluginCall } from "./plugin-call.ts";
import { refused, type Refusal } from "./refusal.ts";

/** What a plugin says of a call in words that are ours too. */
const ourWords: ReadonlySet<string> = new Set<CallFailure>(["timed-out", "not-offered", "invalid-params", "busy"]);

/** Longer is nobody's error. */
const MESSAGE_CHARACTERS = 2_048;

/** A call that an agent did not answer as it should. */
export function failureOf(
  agent: CollectedAgent,
  call: Pick<PluginCall, "interface" | "method">,
  outcome: Extract<CallOutcome, { ok: false }>,
): Refusal {
  const { pluginId } = agent.plan;
  const message = `${pluginId}: ${outcome.message.slice(0, MESSAGE_CHARACTERS)}`;
  const meant = outcome.code === "not-offered" ? methodHint(call.interface, call.method) : null;
  const hint = meant ?? `mimolo logs ${agent.label} may say more`;
  if (outcome.isOwn !== true || ourWords.has(outcome.code)) {
    return refused(outcome.code as CallFailure, message, { hint, agent });
  }
  const reason = outcome.code.slice(0, 64) || "failed";
  return refused("failed", message, { hint, reason, agent });
}
