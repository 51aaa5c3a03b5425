import { agents as builtins } from "@mimolo/agents";
import { type InstallPlan, knownHere, type Offer, planInstall, type PlannedPackage } from "@mimolo/operations/trust";
import type { Call } from "../call.ts";
import { CliError, EXIT } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { whileBusy } from "../present/busy.ts";
import { printable } from "../present/width.ts";

/** The packages that have to come in so that this plugin can run, what it needs first and itself last. What of the
 *  registries could not be read (`problems`) is told with it. Throws `CliError`: `not-offered`, or `dependency` with the way to
 *  what does not fit. */
export async function packagesToInstall(
  call: Pick<Call, "options" | "output" | "surroundings">,
  offers: readonly Offer[],
  wanted: { readonly id: string; readonly range?: string | undefined },
  problems: readonly { readonly message: string }[] = [],
): Promise<readonly PlannedPackage[]> {
  const { known, fixed } = knownHere(dataDirOf(call), builtins);
  const plan = await whileBusy(call.output, `looking for what ${wanted.id} needs`, () =>
    planInstall(offers, { ...wanted, known, fixed }),
  );
  const passedOver = plan.passedOver.map(
    ({ offer, reason }) => `passed over: ${offer.pluginId} ${offer.version} ${reason}`,
  );
  const beside = [...problems.map(({ message }) => message), ...passedOver].map(printable);
  if (!plan.ok) throw noPlan(plan, beside);
  for (const each of beside) call.output.warn(each);
  return plan.packages;
}

/** One error, with all that may have to do with it. */
function noPlan({ code, message, faults }: Extract<InstallPlan, { ok: false }>, beside: readonly string[]): CliError {
  const more = faults.slice(1).map((fault) => printable(fault.message));
  const told = [printable(message), ...more, ...beside].join("\n");
  if (code === "not-offered") {
    return new CliError(code, EXIT.usage, told, "`mimolo plugin search` lists what there is.");
  }
  return new CliError(code, EXIT.failed, told, "Nothing was installed. `mimolo plugin search` lists what is offered.");
}
