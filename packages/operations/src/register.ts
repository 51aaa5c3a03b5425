import type {
  BuiltinPlugin,
  MonitorSpec,
  PluginFolders,
  PluginProblem,
  PluginState,
  RegisteredPlugin,
  RegisterReport,
} from "@mimolo/protocol";
import { mayRun } from "@mimolo/trust";
import type { AgentPlan } from "./agents/plan/agent-plan.ts";
import type { IdlePlugin } from "./plugins/idle-plugin.ts";

export interface KnownPlugins {
  /** What is configured. */
  readonly plans: readonly AgentPlan[];
  readonly builtins: readonly BuiltinPlugin[];
  /** What is installed or was found. */
  readonly idle?: readonly IdlePlugin[];
  /** What lies where plugins lie and is none. */
  readonly problems?: readonly PluginProblem[];
  /** How far each has come, by plugin id; absent: nothing runs. */
  readonly states?: ReadonlyMap<string, PluginState>;
}

/** Every plugin known here: what is configured, then the built-in, installed and found ones that no label uses. */
export function registerReport({ plans, builtins, idle = [], problems = [], states }: KnownPlugins): RegisterReport {
  const stateOf = (id: string): PluginState => states?.get(id) ?? "discovered";
  const used = new Set(plans.map((plan) => plan.pluginId));
  const unused = idle.filter(({ pluginId }) => !used.has(pluginId));
  const blocked = plans.flatMap((plan) =>
    plan.blocked === null
      ? []
      : [{ path: pathOf(plan), code: codeOf(plan), message: `${plan.label}: ${plan.blocked}` }],
  );
  const unusable = unused.flatMap(({ path, verdict, reason }) =>
    reason === "" ? [] : [{ path, code: verdict === "trusted" ? "needs-consent" : verdict, message: reason }],
  );
  return {
    plugins: [
      ...plans.map((plan) => configured(plan, stateOf(plan.pluginId))),
      ...builtins
        .filter((builtin) => !used.has(builtin.plugin_id))
        .map((builtin) => builtinIdle(builtin, stateOf(builtin.plugin_id))),
      ...unused.map((each) => otherIdle(each, stateOf(each.pluginId))),
    ],
    problems: [...blocked, ...unusable, ...problems],
  };
}

function configured(plan: AgentPlan, state: PluginState): RegisteredPlugin {
  const said = plan.builtin ?? plan.program.manifest;
  return {
    plugin_id: plan.pluginId,
    name: plan.name,
    version: plan.version ?? "",
    type: plan.type,
    state,
    verdict: plan.verdict,
    path: pathOf(plan),
    interfaces: said?.interfaces ?? [],
    capabilities: said?.capabilities ?? [],
    permissions: said?.permissions ?? [],
    ...saidBy(said),
  };
}

/** The folder of a plugin, the file of a script; not what runs it. */
function pathOf({ program, executable }: AgentPlan): string {
  return program.folder ?? program.files[0] ?? executable;
}

function builtinIdle(builtin: BuiltinPlugin, state: PluginState): RegisteredPlugin {
  const { plugin_id, name, version, type, entry: path, interfaces, capabilities, permissions } = builtin;
  const own = { plugin_id, name, version, type, state, verdict: "trusted", path };
  return { ...own, interfaces, capabilities, permissions, ...saidBy(builtin) };
}

function otherIdle({ pluginId, version, manifest, path, verdict }: IdlePlugin, state: PluginState): RegisteredPlugin {
  return {
    plugin_id: pluginId,
    name: manifest?.name ?? pluginId,
    version,
    type: manifest?.type ?? "agent",
    state,
    verdict,
    path,
    interfaces: manifest?.interfaces ?? [],
    capabilities: manifest?.capabilities ?? [],
    permissions: manifest?.permissions ?? [],
    ...saidBy(manifest),
  };
}

interface Said {
  readonly description?: string | undefined;
  readonly filesystem?: PluginFolders | undefined;
  readonly monitor?: MonitorSpec | undefined;
}

/** What not every plugin says of itself. */
function saidBy(plugin: Said | null | undefined): Pick<RegisteredPlugin, keyof Said> {
  const { description, filesystem, monitor } = plugin ?? {};
  return {
    ...(description === undefined ? {} : { description }),
    ...(filesystem === undefined ? {} : { filesystem }),
    ...(monitor === undefined ? {} : { monitor }),
  };
}

/** What stands in the way: trust, or what is missing beside it. */
function codeOf({ verdict, blocked, unmet }: AgentPlan): string {
  if (!mayRun(verdict)) return verdict;
  if (blocked === unmet) return "dependency";
  if (blocked?.startsWith("needs consent") === true) return "needs-consent";
  return blocked?.startsWith("its sandbox is required") === true ? "needs-sandbox" : "missing-secret";
}
