import { agents as builtins } from "@mimolo/agents";
import { knownHere, type PlannedPackage, planNeeds } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { dataDirOf } from "../place.ts";
import { whileBusy } from "../present/busy.ts";
import { printable } from "../present/width.ts";
import type { Inspection } from "./inspected.ts";
import { registries } from "./registry.ts";

/** What a package at hand needs and the registries offer. What they do not offer is told: it comes in all the same, and is
 *  blocked until that is here. */
export async function neededBy(
  call: Pick<Call, "options" | "output" | "surroundings">,
  manifest: NonNullable<Inspection["manifest"]>,
): Promise<readonly PlannedPackage[]> {
  if (Object.keys(manifest.dependencies).length === 0) return [];
  const { output } = call;
  const { packages, faults } = await whileBusy(output, `looking for what ${manifest.id} needs`, async () => {
    const { offers } = await registries(call);
    return await planNeeds(offers, manifest, knownHere(dataDirOf(call), builtins));
  });
  for (const { message } of faults) output.warn(`it cannot run yet: ${printable(message)}`);
  return packages;
}
