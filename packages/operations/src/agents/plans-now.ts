import type { AgentPlan } from "./plan/agent-plan.ts";
import type { TrustGround } from "./plan/ground.ts";
import { judge } from "./plan/judge.ts";
import type { Pausing } from "../plugins/in-slices.ts";

/** What is configured, judged by the bytes that lie there at this moment, as it would be before a launch. Nothing goes on by
 *  it: what runs, runs by what it was judged by then. In small steps: every file is read. */
export function* plansNow(
  plans: readonly AgentPlan[],
  agents: { find(label: string): { readonly plan: AgentPlan } | undefined },
  ground: TrustGround,
): Pausing<AgentPlan[]> {
  const now: AgentPlan[] = [];
  for (const plan of plans) {
    yield;
    now.push(judge(agents.find(plan.label)?.plan ?? plan, ground).plan);
  }
  return now;
}
