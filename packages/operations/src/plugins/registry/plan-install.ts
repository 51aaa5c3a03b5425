// What has to come in so that a plugin can run: itself and all it needs, dependencies first.
import { type Offer, pick, versionsOf } from "@mimolo/trust/registry";
import type { PluginManifest } from "@mimolo/protocol";
import gt from "semver/functions/gt.js";
import prerelease from "semver/functions/prerelease.js";
import satisfies from "semver/functions/satisfies.js";
import { breaksRange, type DependencyFault, type PluginNeeds, resolveDependencies } from "../dependencies/index.ts";
import { type Choice, chooseVersions } from "./choose-versions.ts";
import { explainNoChoice } from "./explain-no-choice.ts";
import { OfferLook } from "./offer-facts.ts";

export interface PlanRequest {
  readonly id: string;
  /** As npm reads ranges; absent: the newest that fits this machine. */
  readonly range?: string | undefined;
  /** What is here already, of each id one version. */
  readonly known: readonly PluginNeeds[];
  /** Ids of what is built in, which no package replaces. */
  readonly fixed?: readonly string[];
}

/** One package that has to come in. */
export interface PlannedPackage {
  readonly offer: Offer;
  /** The package's file, whose bytes are those of the index. */
  readonly path: string;
  readonly manifest: PluginManifest;
  /** The version it takes the place of; null where none is here. */
  readonly replaces: string | null;
  /** Who needs it, of the packages that come in; empty for the one that was asked for. */
  readonly neededBy: readonly string[];
}

/** An offer that would have been taken, had it been sound and for this machine. */
export interface PassedOver {
  readonly offer: Offer;
  /** One sentence for people. */
  readonly reason: string;
}

/** Packages in the order to install them, or why there is no such order. */
export type InstallPlan =
  | { readonly ok: true; readonly packages: readonly PlannedPackage[]; readonly passedOver: readonly PassedOver[] }
  | {
      readonly ok: false;
      /** `not-offered`: not this plugin, or no such version; else what it needs does not fit together. */
      readonly code: "not-offered" | "dependency";
      readonly message: string;
      readonly faults: readonly DependencyFault[];
      readonly passedOver: readonly PassedOver[];
    };

/** Finds the newest versions that fit each other, this machine and what is here; what is here and will do stays. Opens the
 *  packages it considers. Throws PackageError where the one asked for is damaged: an older one instead would surprise. */
export async function planInstall(offers: readonly Offer[], request: PlanRequest): Promise<InstallPlan> {
  const { id, range, known, fixed = [] } = request;
  const picked = pick(offers, id, range);
  const no = { ok: false, faults: [], passedOver: [] } as const;
  if (!picked.ok) return { ...no, code: "not-offered", message: picked.message };
  if (fixed.includes(id)) {
    return { ...no, code: "not-offered", message: `${id} is built in: it comes with MiMoLo, and is upgraded with it` };
  }
  const look = new OfferLook();
  const newest = await look.at(picked.offer);
  if (!newest.ok && newest.damaged) throw newest.cause;
  const here = new Map(known.map((plugin) => [plugin.id, asNeeded(plugin)]));
  const passed = new Map<Offer, string>();
  const candidates = candidatesAmong(offers, request, picked.offer, here);
  const choices = await chooseVersions({
    rootId: id,
    candidates,
    here,
    look,
    passed: (offer, reason) => passed.set(offer, reason),
    suits: (chosen) => suitsAll(chosen, id, here),
  });
  const passedOver = [...passed].map(([offer, reason]) => ({ offer, reason }));
  if (choices === null) {
    const faults = await explainNoChoice({ rootId: id, candidates, here, look, passed });
    return { ok: false, code: "dependency", message: faults[0].message, faults, passedOver };
  }
  const { order } = resolveDependencies(allOf(choices, here), [id]);
  const packages: PlannedPackage[] = [];
  for (const each of order) {
    const { offer = null } = choices.get(each) ?? {};
    const facts = offer === null ? null : await look.at(offer);
    if (offer === null || facts?.ok !== true) continue;
    const needing = [...choices.values()].filter(
      (one) => one.offer !== null && Object.hasOwn(one.needs.dependencies, each),
    );
    packages.push({
      offer,
      path: facts.path,
      manifest: facts.manifest,
      replaces: here.get(each)?.version ?? null,
      neededBy: each === id ? [] : needing.map(({ needs }) => needs.id),
    });
  }
  return { ok: true, packages, passedOver };
}

/** As if nobody had switched anything off: that is for the start to say. */
function asNeeded({ id, version, dependencies, unusable }: PluginNeeds): PluginNeeds {
  return { id, version, dependencies, ...(unusable !== undefined && { unusable }) };
}

function candidatesAmong(
  offers: readonly Offer[],
  { id: rootId, range, fixed = [] }: PlanRequest,
  first: Offer,
  here: ReadonlyMap<string, PluginNeeds>,
): (id: string) => readonly (Offer | null)[] {
  return (id) => {
    const versions = versionsOf(offers, id);
    if (id === rootId) {
      const isFree = range === undefined || range === "latest";
      const inRange = versions.filter(({ version }) => {
        if (!gt(first.version, version)) return false;
        return isFree ? prerelease(first.version) !== null || prerelease(version) === null : satisfies(version, range);
      });
      return [first, ...inRange];
    }
    const own = here.get(id);
    if (own === undefined) return versions;
    if (fixed.includes(id)) return [null];
    // Nobody goes back to an older version without having said so.
    const newer = versions.filter(({ version }) => gt(version, own.version));
    return own.unusable === undefined ? [null, ...newer] : versions;
  };
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
    const before = here.get(needs.id);
    // Whom the old version did not suit either is no reason to keep it.
    const suited = others.filter((one) => before !== undefined && breaksRange([one], before) === null);
    return offer === null || breaksRange(suited, needs) === null;
  });
}
