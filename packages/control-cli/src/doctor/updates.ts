import { knownHere, type OfferedUpgrade, type ReadSources, upgradesFor } from "@mimolo/operations/trust";
import { type Check, ok, warning } from "./check.ts";

const MOST_NAMED = 3;

/** What registries offer that is newer than what is installed, and what of them cannot be read. */
export function checkUpdates(
  { sources, offers, problems }: ReadSources & { readonly sources: readonly string[] },
  { installed }: Pick<ReturnType<typeof knownHere>, "installed">,
): Check {
  if (sources.length === 0) return ok("updates", "no registry is named, so nothing is offered");
  const newer = upgradesFor(installed, offers);
  const [first] = problems;
  if (first !== undefined && newer.length === 0) {
    const more = problems.length === 1 ? "" : `\nand ${problems.length - 1} more`;
    return warning("updates", `${first.message}${more}`, "Correct [registry] sources, or the registry's index.json.");
  }
  if (newer.length === 0) return ok("updates", `${installed.length} installed, nothing newer is offered`);
  const shown = newer.slice(0, MOST_NAMED).map(upgradeText);
  const left = newer.length - shown.length;
  const told = [...shown, ...(left === 0 ? [] : [`and ${left} more`])].join(", ");
  return warning("updates", `offered: ${told}`, "mimolo plugin upgrade --dry-run");
}

function upgradeText({ pluginId, from, offer, held }: OfferedUpgrade): string {
  const to = offer?.version ?? `${held?.offer.version ?? ""} (held back)`;
  return `${pluginId} ${from} → ${to}`;
}
