// A plan: which packages come in, in which order, and that nothing which is here loses by it.
import type { PluginManifest } from "@mimolo/protocol";
import type { Offer } from "@mimolo/trust/registry";
import { breaksRange, type DependencyFault, type PluginNeeds, resolveDependencies } from "../dependencies/index.ts";
import { type Candidates, type Choice, chooseVersions } from "./choose-versions.ts";
import { explainNoChoice } from "./explain-no-choice.ts";
import type { OfferLook } from "./offer-facts.ts";
import { suitedNow } from "./suited-now.ts";

/** One package that has to come in. */
export interface PlannedPackage {
  readonly offer: Offer;
  /** The package's file, whose bytes are those of the index. */
  readonly path: string;
  readonly manifest: PluginManifest;
  /** The version it takes the place of; null where none is here. */
  readonly replaces: string | null;
  /** Who of those that come in needs it; empty for the one that was asked for. */
  readonly neededBy: readonly string[];
}

/** An offer that would have been taken, had it been sound and for this machine. */
export interface PassedOver {
  readonly offer: Offer;
  /** For people: the rest of a sentence after its name. */
  readonly reason: string;
}

interface Around {
  readonly rootId: string;
  readonly candidates: Candidates;
  readonly here: ReadonlyMap<string, PluginNeeds>;
  readonly look: Pick<OfferLook, "at" | "count">;
}

/** What comes in, dependencies first, or why nothing does. */
export type Plan = { readonly passedOver: readonly PassedOver[] } & (
  | { readonly ok: true; readonly packages: readonly PlannedPackage[] }
  | { readonly ok: false; readonly faults: readonly [DependencyFault, ...DependencyFault[]] }
);

/** Finds packages for the root and all it needs, dependencies first, or why there are none. */
export async function planOf(around: Around): Promise<Plan> {
  const { rootId, here, look } = around;
  const passed = new Map<Offer, string>();
  const choices = await chooseVersions({
    ...around,
    passed: (offer, reason) => passed.set(offer, reason),
    suits: (chosen) => suitsAll(chosen, rootId, here),
  });
  const passedOver = [...passed].map(([offer, reason]) => ({ offer, reason }));
  if (choices === null) return { ok: false, faults: await explainNoChoice(around), passedOver };
  const { order } = resolveDependencies(allOf(choices, here), [rootId]);
  const coming = [...choices.values()].filter(({ needs, offer }) => offer !== null || needs.id === rootId);
  const packages: PlannedPackage[] = [];
  for (const id of order) {
    const offer = choices.get(id)?.offer ?? null;
    const facts = offer === null ? null : await look.at(offer);
    if (offer === null || facts?.ok !== true) continue;
    const needing = coming.filter(({ needs }) => needs.id !== id && Object.hasOwn(needs.dependencies, id));
    packages.push({
      offer,
      path: facts.path,
      manifest: facts.manifest,
      replaces: here.get(id)?.version ?? null,
      neededBy: needing.map(({ needs }) => needs.id),
    });
  }
  return { ok: true, packages, passedOver };
}

/** What would be here then. */
function allOf(choices: ReadonlyMap<string, Choice>, here: ReadonlyMap<string, PluginNeeds>): PluginNeeds[] {
  const chosen = [...choices.values()].map(({ needs }) => needs);
  return [...chosen, ...[...here.values()].filter(({ id }) => !choices.has(id))];
}

/** No circle, and nobody who is here loses what it needs. */
function suitsAll(
  choices: ReadonlyMap<string, Choice>,
  rootId: string,
  here: ReadonlyMap<string, PluginNeeds>,
): boolean {
  const then = allOf(choices, here);
  if (resolveDependencies(then, [rootId]).faults.length > 0) return false;
  const others = then.filter(({ id }) => !choices.has(id));
  return [...choices.values()].every(({ needs, offer }) => {
    return offer === null || breaksRange(suitedNow(others, here.get(needs.id)), needs) === null;
  });
}
