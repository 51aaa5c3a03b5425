import type { BuiltinPlugin, RegisterReport } from "@mimolo/protocol";
import type { AgentPlan } from "./agents/plan.ts";

/** Every plugin known here: what is configured, then the built-ins that no label uses. `states` by label. */
export function registerReport(
  plans: readonly AgentPlan[],
  builtins: readonly BuiltinPlugin[],
  states: ReadonlyMap<string, string> = new Map(),
): RegisterReport {
  const used = new Set(plans.map((plan) => plan.pluginId));
  const configured = plans.map((plan) => ({
    plugin_id: plan.pluginId,
    name: plan.name,
    version: plan.version ?? "",
    type: plan.type,
    state: states.get(plan.label) ?? "planned",
    verdict: plan.verdict,
    path: plan.builtin?.entry ?? plan.executable,
    interfaces: plan.builtin?.interfaces ?? [],
    capabilities: plan.builtin?.capabilities ?? [],
    permissions: plan.builtin?.permissions ?? [],
    ...(plan.builtin?.monitor === undefined ? {} : { monitor: plan.builtin.monitor }),
  }));
  const idle = builtins
    .filter((builtin) => !used.has(builtin.plugin_id))
    .map((builtin) => ({
      plugin_id: builtin.plugin_id,
      name: builtin.name,
      version: builtin.version,
      type: builtin.type,
      state: "discovered",
      verdict: "trusted",
      path: builtin.entry,
      interfaces: builtin.interfaces,
      capabilities: builtin.capabilities,
      permissions: builtin.permissions,
      ...(builtin.monitor === undefined ? {} : { monitor: builtin.monitor }),
    }));
  const problems = plans
    .filter((plan) => plan.blocked !== null)
    .map((plan) => ({ path: plan.executable, code: plan.verdict, message: `${plan.label}: ${plan.blocked}` }));
  return { plugins: [...configured, ...idle], problems };
}
