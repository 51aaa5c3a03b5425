import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { LoadedConfig } from "../config/index.ts";
import type { RuleConfig } from "../config/index.ts";

type Planned = Pick<AgentPlan, "label" | "pluginId" | "blocked" | "builtin" | "program">;

/** Why a rule cannot run as the configuration has it, with the fix; `null` when it can. */
export function troubleOf(
  rule: RuleConfig,
  plans: readonly Planned[],
  config: Pick<LoadedConfig, "plugins">,
): string | null {
  const { plugin } = rule.do;
  const those = plans.filter(({ label, pluginId }) => label === plugin || pluginId === plugin);
  if (those.length === 0) return noAgent(plugin, config);
  const offering = those.filter(offersActions);
  if (offering.length === 0) return `${plugin} offers no actions; name a plugin with the interface "action"`;
  const free = offering.find(({ blocked }) => blocked === null);
  return free === undefined ? `${offering[0]?.label} is blocked: ${offering[0]?.blocked}` : null;
}

function noAgent(plugin: string, { plugins }: Pick<LoadedConfig, "plugins">): string {
  const off = Object.entries(plugins).find(
    ([label, agent]) => !agent.enabled && (label === plugin || agent.plugin === plugin),
  );
  if (off !== undefined) return `${plugin} is switched off: mimolo plugin enable ${off[1].plugin ?? plugin}`;
  if (!plugin.includes("."))
    return `there is no agent "${plugin}"; add it as [plugins.${plugin}], or name a plugin by its id`;
  const label = plugin.slice(plugin.lastIndexOf(".") + 1);
  return `no agent runs ${plugin}; add [plugins.${label}] with plugin = "${plugin}"`;
}

// A program of one's own says only when it runs what it offers.
function offersActions({ builtin, program }: Planned): boolean {
  return program.kind === "own" || ((builtin ?? program.manifest)?.interfaces ?? []).includes("action");
}
