import type { Health } from "@mimolo/protocol/wire";

/** How an agent does: the wire's words and `slowpoke`, which only a collector says. */
export type AgentHealth = Health | "slowpoke";

/** What is done to an agent: nothing, it is asked to do less, or its output waits. */
export type AgentCondition = "free" | "throttled" | "held";

const WORSE_LATER: readonly AgentHealth[] = ["ok", "initializing", "slowpoke", "degraded", "overload", "failed"];

/** Several opinions about one agent: the worst holds. No opinion is `ok`. */
export function worstHealth(opinions: Iterable<AgentHealth>): AgentHealth {
  let worst = 0;
  for (const opinion of opinions) worst = Math.max(worst, WORSE_LATER.indexOf(opinion));
  return WORSE_LATER[worst] ?? "ok";
}
