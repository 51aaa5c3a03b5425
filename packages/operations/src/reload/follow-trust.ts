import type { Agents } from "../agents/agents.ts";
import { judge } from "../agents/plan/judge.ts";
import type { Budgets } from "../budgets/budgets.ts";
import type { PolicyLog } from "../journal/policy-log.ts";
import type { RunParts } from "../run-parts.ts";

/** Goes by what was decided about trust by now: whoever may not run any more, or not as it runs, ends within ten seconds; whoever
 *  may again starts. Says what becomes of everybody at once and waits for nobody. */
export function followTrust(
  parts: RunParts,
  { agents, budgets, policy }: { agents: Agents; budgets: Budgets; policy: PolicyLog },
): void {
  // Nothing is started any more, and everything that runs ends.
  if (agents.isClosed) return;
  const { planner, clock } = parts;
  const anew = planner.planAnew(parts.config);
  for (const agent of agents.all()) {
    // What is no longer to be found is judged as what it was.
    agent.judgedAnew(anew.get(agent.label) ?? judge(agent.plan, planner.ground).plan);
  }
  const plans = agents.all().map((agent) => agent.plan);
  const { config } = parts;
  parts.adopt({ ...parts.current, plans });
  budgets.settle(plans, config);
  policy.planned(plans, config.monitor, clock.wallMs());
}
