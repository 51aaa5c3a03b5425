import type { PluginManifest } from "@mimolo/protocol";
import type { Offer } from "@mimolo/trust/registry";
import { type DependencyFault, type PluginNeeds, resolveDependencies } from "../dependencies/index.ts";
import { planInstall, type PlannedPackage, type PlanRequest } from "./plan-install.ts";

/** What a package that somebody has at hand needs beside itself. */
export interface NeedsPlan {
  /** What is offered of it and not here, dependencies first. */
  readonly packages: readonly PlannedPackage[];
  /** What of it is neither here nor offered: it will not run before that is. */
  readonly faults: readonly DependencyFault[];
}

/** Finds the packages that a package from elsewhere needs. Opens those it considers; throws PackageError for a damaged one. */
export async function planNeeds(
  offers: readonly Offer[],
  { id, version, dependencies }: Pick<PluginManifest, "id" | "version" | "dependencies">,
  { known, fixed }: Pick<PlanRequest, "known" | "fixed">,
): Promise<NeedsPlan> {
  const packages: PlannedPackage[] = [];
  const then = (): PluginNeeds[] => {
    const coming = packages.map(({ manifest }) => manifest);
    const ids = new Set([id, ...coming.map((each) => each.id)]);
    return [{ id, version, dependencies }, ...coming, ...known.filter((each) => !ids.has(each.id))];
  };
  for (const [need, range] of Object.entries(dependencies)) {
    const only: PluginNeeds = { id, version, dependencies: { [need]: range } };
    if (resolveDependencies([only, ...then()], [id]).faults.length === 0) continue;
    const plan = await planInstall(offers, { id: need, range, known: then(), ...(fixed !== undefined && { fixed }) });
    if (plan.ok) packages.push(...plan.packages);
  }
  return { packages, faults: resolveDependencies(then(), [id]).faults };
}
