import type { PluginManifest } from "@mimolo/protocol";
import type { Offer } from "@mimolo/trust/registry";
import { type DependencyFault, type PluginNeeds, resolveDependencies } from "../dependencies/index.ts";
import { OfferLook } from "./offer-facts.ts";
import { type PlannedPackage, planOf } from "./plan.ts";
import { candidatesFor, hereOf, type PlanRequest } from "./plan-install.ts";

/** What a package that somebody has at hand needs beside itself. */
export interface NeedsPlan {
  /** What is offered of it and not here, dependencies first. */
  readonly packages: readonly PlannedPackage[];
  /** What of it is neither here nor offered: it will not run before that is. */
  readonly faults: readonly DependencyFault[];
}

/** Finds the packages that a package from elsewhere needs: all of them, else those for as many of its needs as can be met.
 *  Opens those it considers. */
export async function planNeeds(
  offers: readonly Offer[],
  { id, version, dependencies }: Pick<PluginManifest, "id" | "version" | "dependencies">,
  { known, fixed = [] }: Pick<PlanRequest, "known" | "fixed">,
): Promise<NeedsPlan> {
  const look = new OfferLook();
  const planFor = (needs: Readonly<Record<string, string>>) => {
    const root: PluginNeeds = { id, version, dependencies: needs };
    const here = hereOf([...known.filter((one) => one.id !== id), root]);
    const needed = candidatesFor(offers, here, fixed);
    return planOf({ rootId: id, candidates: (each) => (each === id ? [null] : needed(each)), here, look });
  };
  const whole = await planFor(dependencies);
  if (whole.ok) return { packages: whole.packages, faults: [] };
  let met: Record<string, string> = {};
  let packages: readonly PlannedPackage[] = [];
  for (const [need, range] of Object.entries(dependencies)) {
    const plan = await planFor({ ...met, [need]: range });
    if (!plan.ok) continue;
    met = { ...met, [need]: range };
    packages = plan.packages;
  }
  const coming = packages.map(({ manifest }) => manifest);
  const ids = new Set([id, ...coming.map((one) => one.id)]);
  const then = [{ id, version, dependencies }, ...coming, ...known.filter((one) => !ids.has(one.id))];
  const { faults } = resolveDependencies(then, [id]);
  return { packages, faults: faults.length === 0 ? whole.faults : faults };
}
