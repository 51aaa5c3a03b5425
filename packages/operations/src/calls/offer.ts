// Who offers what, and may be asked for it.
import { Capability, type PluginInterface } from "@mimolo/protocol";
import type { AgentPlan } from "../agents/plan/agent-plan.ts";
import type { Offers } from "../agents/announcements.ts";

/** `perhaps`: a program of somebody's own that says nothing of itself is asked, and answers for itself. */
export type Offer = "yes" | "no" | "perhaps";

/** Whether a plugin offers an interface: by its manifest, or, of a program of somebody's own, by its word. */
export function offerOf(plan: AgentPlan, said: Offers, name: PluginInterface): Offer {
  if (plan.program.kind === "own" && said.interfaces === null) return "perhaps";
  return offeredIn(plan, said).includes(name) ? "yes" : "no";
}

/** All that a plugin offers, as far as that is known. */
export function offeredIn(plan: AgentPlan, said: Offers): readonly string[] {
  return plan.program.kind === "own" ? (said.interfaces ?? []) : offeredBy(plan);
}

/** What a manifest lists. */
export function offeredBy({ builtin, program }: AgentPlan): readonly string[] {
  return (builtin ?? program.manifest)?.interfaces ?? [];
}

/** The capabilities it asks for and does not hold: without them it does nothing for anybody. */
export function missingGrants({ requested, granted }: AgentPlan): readonly string[] {
  if (requested.length === granted.length) return [];
  return requested.filter((name) => isCapability(name) && !granted.includes(name));
}

function isCapability(name: string): boolean {
  return Capability.options.some((capability) => capability === name);
}
