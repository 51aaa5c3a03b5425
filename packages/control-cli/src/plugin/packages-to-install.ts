import { agents as builtins } from "@mimolo/agents";
import { type InstallPlan, knownHere, type Offer, planInstall, type PlannedPackage } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { CliError, EXIT } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { whileBusy } from "../present/busy.ts";
import { printable } from "../present/width.ts";

/** The packages that have to come in so that this plugin can run, what it needs first and itself last. Throws `CliError`:
 *  `not-offered`, or `dependency` with the way to what does not fit. */
export async function packagesToInstall(
  call: Pick<Call, "options" | "output" | "surroundings">,
  offers: readonly Offer[],
  wanted: { readonly id: string; readonly range?: string | undefined },
): Promise<readonly PlannedPackage[]> {
  const { known, fixed } = knownHere(dataDirOf(call), builtins);
  const plan = await whileBusy(call.output, `looking for what ${wanted.id} needs`, () =>
    planInstall(offers, { ...wanted, known, fixed }),
  );
  for (const { offer, reason } of plan.passedOver) {
    call.output.warn(printable(`passed over ${offer.pluginId} ${offer.version}: ${reason}`));
  }
  if (plan.ok) return plan.packages;
  throw noPlan(plan);
}

function noPlan({ code, message, faults }: Extract<InstallPlan, { ok: false }>): CliError {
  if (code === "not-offered") {
    return new CliError(code, EXIT.usage, printable(message), "`mimolo plugin search` lists what there is.");
  }
  const more = faults.slice(1).map((fault) => printable(fault.message));
  const told = [printable(message), ...more].join("\n");
  return new CliError(code, EXIT.failed, told, "Nothing was installed. `mimolo plugin search` lists what is offered.");
}
