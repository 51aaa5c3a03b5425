import type { CollectedAgent } from "../agents/agent.ts";
import type { CallOutcome } from "./call-outcome.ts";
import type { CallFailure } from "./plugin-call.ts";
import { refused, type Refusal } from "./refusal.ts";

/** What a plugin says of a call in words that are ours too. */
const ourWords: ReadonlySet<string> = new Set<CallFailure>(["timed-out", "not-offered", "invalid-params", "busy"]);

/** Longer is nobody's error. */
const MESSAGE_CHARACTERS = 2_048;

/** A call that an agent did not answer as it should. */
export function failureOf(agent: CollectedAgent, outcome: Extract<CallOutcome, { ok: false }>): Refusal {
  const { pluginId } = agent.plan;
  const message = `${pluginId}: ${outcome.message.slice(0, MESSAGE_CHARACTERS)}`;
  const hint = `mimolo logs ${agent.label} has its own words`;
  if (outcome.isOwn !== true || ourWords.has(outcome.code)) {
    return refused(outcome.code as CallFailure, message, { hint, agent });
  }
  const reason = outcome.code.slice(0, 64) || "failed";
  return refused("failed", message, { hint, reason, agent });
}
