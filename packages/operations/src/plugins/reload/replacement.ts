// The agents of one plugin, exchanged for what its files or its other version make of them.
import type { LoadedConfig } from "../../config/index.ts";
import type { AgentPlan } from "../../agents/plan/agent-plan.ts";
import type { Change } from "../../reload/change-agents.ts";
import { diffConfig } from "../../reload/diff.ts";
import type { Planned } from "../../reload/planned.ts";

/** What is planned by now, for these labels and for what their plugin needs by now; all else stays as it runs, whatever has
 *  become of its files. Throws as `plan` does. */
export function plannedAnew(
  before: Planned,
  config: LoadedConfig,
  labels: readonly string[],
  plan: (config: LoadedConfig) => readonly AgentPlan[],
): { after: Planned; change: Change } {
  const { added, removed, changed } = diffConfig(before.config, config);
  const anew = [...labels, ...changed.filter(({ restarts }) => restarts).map(({ label }) => label)];
  const retuned = changed.filter(({ restarts }) => !restarts).map(({ label }) => label);
  const wanted = new Set([...anew, ...retuned, ...added]);
  const fresh = byLabel(plan({ ...config, plugins: picked(config, (label) => wanted.has(label)) }));
  const earlier = byLabel(before.plans);
  const plans = Object.keys(config.plugins).flatMap((label) => fresh.get(label) ?? earlier.get(label) ?? []);
  const starting = plans.filter(({ label }) => wanted.has(label) && !retuned.includes(label));
  return {
    after: { written: before.written, config, plans },
    change: {
      ending: [...new Set([...removed, ...anew])],
      starting,
      retuned: plans.filter(({ label }) => retuned.includes(label)),
      inPlace: true,
    },
  };
}

function picked({ plugins }: LoadedConfig, isWanted: (label: string) => boolean): LoadedConfig["plugins"] {
  return Object.fromEntries(Object.entries(plugins).filter(([label]) => isWanted(label)));
}

function byLabel(plans: readonly AgentPlan[]): Map<string, AgentPlan> {
  return new Map(plans.map((plan) => [plan.label, plan]));
}
