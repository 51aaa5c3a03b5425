/** Brings the agents of a collector from one set of plans to another, and back if that does not hold. */
import type { CollectedAgent } from "../agents/agent.ts";
import type { Agents } from "../agents/agents.ts";
import { DependencyOrder } from "../agents/dependency-order.ts";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";

export interface Change {
  /** Labels whose process ends: removed ones and those that are started anew. */
  readonly ending: readonly string[];
  /** To be started, in this order. */
  readonly starting: readonly AgentPlan[];
  /** Take their new settings as they run. */
  readonly retuned: readonly AgentPlan[];
  /** Run on, or begin to: what they need is here by now, or no longer. */
  readonly rejudged: readonly AgentPlan[];
  /** Whether those that start take the place of what ended: with its id, and at rest where somebody had stopped it. */
  readonly inPlace?: boolean;
}

/** What was there before a change. */
export interface Before {
  readonly ended: readonly { readonly plan: AgentPlan; readonly instanceId: string; readonly resting: boolean }[];
  readonly retuned: readonly AgentPlan[];
}

/** Ends what has to end, side by side as far as nobody needs another; hands back what it takes to undo that. */
export async function endAgents(agents: Agents, { ending, retuned }: Change): Promise<Before> {
  const known = (label: string) => agents.find(label) ?? [];
  const before = {
    ended: ending.flatMap(known).map((agent) => ({
      plan: agent.plan,
      instanceId: agent.instanceId,
      // Somebody stopped it: a way back does not start it.
      resting: agent.snapshot.state === "stopped",
    })),
    retuned: retuned.flatMap(({ label }) => agents.find(label)?.plan ?? []),
  };
  await agents.removeAll(ending);
  return before;
}

/** Starts and retunes; hands back those that were started. */
export function beginAgents(agents: Agents, { starting, retuned, inPlace }: Change, before: Before): CollectedAgent[] {
  for (const plan of retuned) agents.find(plan.label)?.retune(plan);
  const earlier = new Map(before.ended.map((each) => [each.plan.label, each]));
  return inOrder(starting).flatMap((plan) => {
    const place = inPlace === true ? earlier.get(plan.label) : undefined;
    const agent = agents.begin(plan, place);
    return agent === undefined || place?.resting === true ? [] : [agent];
  });
}

/** Those whose needs are met by another plan and were not, or the other way round. */
export function rejudgedBy(before: readonly AgentPlan[], after: readonly AgentPlan[]): AgentPlan[] {
  const earlier = new Map(before.map((plan) => [plan.label, plan.unmet]));
  return after.filter(({ label, unmet }) => earlier.has(label) && earlier.get(label) !== unmet);
}

/** Undoes a change: what it started goes, what it ended comes back with the id it had. */
export async function restoreAgents(agents: Agents, change: Change, before: Before): Promise<void> {
  await agents.removeAll(change.starting.map(({ label }) => label));
  for (const plan of before.retuned) agents.find(plan.label)?.retune(plan);
  const ended = new Map(before.ended.map((each) => [each.plan, each]));
  for (const plan of inOrder([...ended.keys()])) agents.begin(plan, ended.get(plan));
}

/** What is needed before those that need it. */
function inOrder(plans: readonly AgentPlan[]): AgentPlan[] {
  return new DependencyOrder(plans.map((plan) => ({ label: plan.label, plan }))).sorted.map(({ plan }) => plan);
}
