// What plugins that nothing runs need and could not have: told before somebody enables one.
import type { BuiltinPlugin, PluginProblem } from "@mimolo/protocol";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { AllowPlace } from "../allow-command.ts";
import { knownPlugins, type PluginNeeds, resolveDependencies, unmetSentences } from "./dependencies/index.ts";
import type { IdlePlugin } from "./idle-plugin.ts";

interface Here {
  readonly plans: readonly Pick<AgentPlan, "label" | "pluginId" | "version" | "program" | "blocked" | "unmet">[];
  readonly builtins: readonly BuiltinPlugin[];
  readonly idle: readonly IdlePlugin[];
}

/** A `dependency` for each whose needs are not met by what is here, whether it may run or not; a plan that says so itself is left
 *  to do so. */
export function unmetHere({ plans, builtins, idle }: Here, place: AllowPlace): PluginProblem[] {
  const configured = plans.map(({ pluginId, version, program }) => needsOf(pluginId, version, program.manifest));
  const lying = idle.map(({ pluginId, version, manifest }) => needsOf(pluginId, version, manifest));
  if ([...configured, ...lying].every(({ dependencies }) => Object.keys(dependencies).length === 0)) return [];
  const known = [...configured, ...lying, ...knownPlugins({ builtins, installed: [], found: [] })];
  const used = new Set(plans.map(({ pluginId }) => pluginId));
  const ids = [...plans.map(({ pluginId }) => pluginId), ...idle.map(({ pluginId }) => pluginId)];
  const unmet = unmetSentences(resolveDependencies(known, ids).faults, place);
  const toldOf = (pluginId: string, path: string, name = ""): PluginProblem[] => {
    const sentence = unmet.get(pluginId);
    return sentence === undefined ? [] : [{ path, code: "dependency", message: `${name}${sentence}` }];
  };
  return [
    ...plans
      .filter(({ blocked, unmet: told }) => blocked !== null && told === null)
      .flatMap(({ pluginId, label, program }) => toldOf(pluginId, program.folder ?? "", `${label}: `)),
    ...idle.filter(({ pluginId }) => !used.has(pluginId)).flatMap(({ pluginId, path }) => toldOf(pluginId, path)),
  ];
}

type Described = { readonly dependencies?: Readonly<Record<string, string>> } | null | undefined;

function needsOf(id: string, version: string | null, manifest: Described): PluginNeeds {
  return { id, version: version ?? "0.0.0", dependencies: manifest?.dependencies ?? {} };
}
