import type { CollectedAgent } from "./agent.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { TrustGround } from "./plan/ground.ts";
import { judge } from "./plan/judge.ts";
import type { Pausing } from "../plugins/in-slices.ts";

/** What is configured, judged by the bytes that lie there at this moment, as it would be before a launch. Nothing goes on by
 *  it: what runs, runs by what it was judged by then. In small steps: every file is read. */
export function* plansNow(
  plans: readonly AgentPlan[],
  agents: { find(label: string): Pick<CollectedAgent, "plan" | "status"> | undefined },
  ground: TrustGround,
): Pausing<AgentPlan[]> {
  const now: AgentPlan[] = [];
  for (const plan of plans) {
    yield;
    const agent = agents.find(plan.label);
    const judged = judge(agent?.plan ?? plan, ground).plan;
    // What only its launch found out, such as a secret that is not there.
    const held = agent?.plan.blocked === null ? (agent.status().blocked ?? null) : null;
    now.push(judged.blocked === null && held !== null ? { ...judged, blocked: held } : judged);
  }
  return now;
}
