// One exchange of agents: what ends, what starts in its place, and the way back when that does not come up.
import type { Clock } from "@mimolo/supervisor";
import type { CollectedAgent } from "../agents/agent.ts";
import type { Agents } from "../agents/agents.ts";
import type { LoadedConfig } from "../config/index.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";
import { type Before, beginAgents, type Change, endAgents, restoreAgents } from "./change-agents.ts";
import type { Planned } from "./planned.ts";
import { settled } from "./settled.ts";

export interface SwapParts {
  readonly agents: Agents;
  readonly clock: Clock;
  readonly events: Emitter<CollectorEvents>;
  adopt(next: Planned): void;
}

export interface Swap {
  readonly change: Change;
  readonly after: Planned;
  /** Asked for when it does not hold: what is gone back to. */
  readonly back: () => Planned;
  /** Asked once everything is up: `null`, or why it may not stay nevertheless. */
  readonly hold?: () => Promise<string | null>;
}

/** Ends, adopts, starts. Resolves to why it did not hold, a sentence for each agent, once everything is as it was; to nothing when it
 *  holds. When everything stops meanwhile nothing is put back. */
export async function swap(
  parts: SwapParts,
  { change, after, back, hold }: Swap,
  signal: AbortSignal,
): Promise<string[]> {
  const { agents, adopt } = parts;
  const stopping = hold === undefined ? [] : ["the collector is stopping"];
  const before = await endAgents(agents, change);
  // The collector stops meanwhile: what is gone would have gone anyway.
  if (signal.aborted) return stopping;
  adopt(after);
  const started = beginAgents(agents, change, before);
  const reasons = await failures(started, after.config, parts, signal);
  if (signal.aborted) return stopping;
  const objection = reasons.length === 0 ? await hold?.() : null;
  if (typeof objection === "string") reasons.push(objection);
  if (reasons.length === 0) {
    for (const plan of change.rejudged) agents.find(plan.label)?.judgedAnew(plan);
    return [];
  }
  const earlier = back();
  adopt(earlier);
  await restoreAgents(agents, change, withPlans(before, earlier));
  return reasons;
}

/** Why those that were started did not come up. */
export async function failures(
  started: readonly CollectedAgent[],
  { monitor }: LoadedConfig,
  { clock, events }: Pick<SwapParts, "clock" | "events">,
  signal: AbortSignal,
): Promise<string[]> {
  const verdicts = started.map((agent) => {
    const patienceS = Math.max(monitor.startup_timeout_s, 2 * agent.plan.config.heartbeat_interval_s);
    return settled(agent, { clock, events, startupTimeoutMs: patienceS * 1000, signal });
  });
  return (await Promise.all(verdicts)).filter((reason) => reason !== null);
}

/** What ran may have to run from elsewhere now. */
function withPlans(before: Before, { plans }: Planned): Before {
  const planned = new Map(plans.map((plan) => [plan.label, plan]));
  const ended = before.ended.map((each) => ({ ...each, plan: planned.get(each.plan.label) ?? each.plan }));
  return { ...before, ended };
}
