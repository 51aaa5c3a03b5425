// Plugins that cannot run because of what they need.
import {
  knownPlugins,
  type PluginNeeds,
  resolveDependencies,
  switchedOff,
  unmetSentences,
} from "../../plugins/dependencies/index.ts";
import type { AgentPlan } from "./agent-plan.ts";
import type { PlanOptions } from "./plan-options.ts";

/** The same plans, those `blocked` that need what is not here, does not fit, is switched off, may not run or needs them. */
export function withUnmetNeeds(plans: readonly AgentPlan[], options: PlanOptions): AgentPlan[] {
  const needy = plans.filter((plan) => Object.keys(needsOf(plan)).length > 0);
  if (needy.length === 0) return [...plans];
  const known = knownTo(plans, options);
  const off = new Set(switchedOff(options.plugins, known));
  const around = known.map((plugin) => (off.has(plugin.id) ? { ...plugin, disabled: true } : plugin));
  const wanted = needy.filter(({ blocked }) => blocked === null).map(({ pluginId }) => pluginId);
  const unmet = unmetSentences(resolveDependencies(around, wanted).faults, options.ground.place);
  return plans.map((plan) => {
    const sentence = unmet.get(plan.pluginId);
    return sentence === undefined ? plan : { ...plan, unmet: sentence, blocked: plan.blocked ?? sentence };
  });
}

function needsOf({ program }: AgentPlan): Readonly<Record<string, string>> {
  return program.manifest?.dependencies ?? {};
}

/** What runs counts as it runs; all else as it lies there. Folders are looked through only for what is nowhere else. */
function knownTo(plans: readonly AgentPlan[], { builtins, installed, found }: PlanOptions): PluginNeeds[] {
  const runs = new Set(plans.flatMap(({ pluginId, blocked }) => (blocked === null ? [pluginId] : [])));
  const running = plans.map((plan): PluginNeeds => {
    const { pluginId: id, version, blocked } = plan;
    const needs = { id, version: version ?? "0.0.0", dependencies: needsOf(plan) };
    return runs.has(id) ? needs : { ...needs, unusable: blocked ?? "" };
  });
  const stored = installed.map(({ pluginId, version, manifest }) => ({
    pluginId,
    manifest: { version, dependencies: manifest?.dependencies ?? {} },
    ...(manifest === undefined && { unusable: `its package is damaged; mimolo plugin info ${pluginId} says more` }),
  }));
  const known = [...running, ...knownPlugins({ builtins, installed: stored, found: [] })];
  const ids = new Set(known.map(({ id }) => id));
  const isWhole = known.every(({ dependencies }) => Object.keys(dependencies).every((id) => ids.has(id)));
  return isWhole ? known : [...known, ...knownPlugins({ builtins: [], installed: [], found: found() })];
}
