// The agents of one plugin, exchanged for what its files or its other version make of them.
import type { AgentPlan } from "../../agents/plan/agent-plan.ts";
import type { Planner } from "../../agents/plan/planner.ts";
import type { LoadedConfig } from "../../config/index.ts";
import { type Change, rejudgedBy } from "../../reload/change-agents.ts";
import { diffConfig } from "../../reload/diff.ts";
import type { Planned } from "../../reload/planned.ts";

/** What is planned by now for these labels and for what their plugin needs by now; all else stays as it runs, whatever has become
 *  of its files. Throws `CollectorError` where one of those is no more. */
export function plannedAnew(
  before: Planned,
  config: LoadedConfig,
  labels: readonly string[],
  planner: Pick<Planner, "plan" | "planLoosely">,
): { after: Planned; change: Change } {
  const { added, removed, changed } = diffConfig(before.config, config);
  const anew = new Set([...labels, ...changed.filter(({ restarts }) => restarts).map(({ label }) => label)]);
  const retuned = new Set(changed.filter(({ restarts }) => !restarts).map(({ label }) => label));
  const isWanted = (label: string) => anew.has(label) || retuned.has(label) || added.includes(label);
  const all = planner.planLoosely(config);
  const fresh = byLabel(all);
  const lost = Object.keys(config.plugins).filter((label) => isWanted(label) && !fresh.has(label));
  planner.plan({ ...config, plugins: picked(config, lost) });
  const rejudged = rejudgedBy(before.plans, all).filter(({ label }) => !isWanted(label));
  const earlier = new Map([...byLabel(before.plans), ...byLabel(rejudged)]);
  const plans = Object.keys(config.plugins).flatMap(
    (label) => (isWanted(label) ? fresh.get(label) : earlier.get(label)) ?? [],
  );
  return {
    after: { written: before.written, config, plans },
    change: {
      ending: [...new Set([...removed, ...anew])],
      starting: plans.filter(({ label }) => isWanted(label) && !retuned.has(label)),
      retuned: plans.filter(({ label }) => retuned.has(label)),
      rejudged,
      inPlace: true,
    },
  };
}

/** Whether anything would be done. */
export function isIdle({ ending, starting, retuned, rejudged }: Change): boolean {
  return [ending, starting, retuned, rejudged].every((list) => list.length === 0);
}

function picked({ plugins }: LoadedConfig, labels: readonly string[]): LoadedConfig["plugins"] {
  return Object.fromEntries(Object.entries(plugins).filter(([label]) => labels.includes(label)));
}

function byLabel(plans: readonly AgentPlan[]): Map<string, AgentPlan> {
  return new Map(plans.map((plan) => [plan.label, plan]));
}
