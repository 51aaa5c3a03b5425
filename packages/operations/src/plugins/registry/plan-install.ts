import { type Offer, pick, versionsOf } from "@mimolo/trust/registry";
import gt from "semver/functions/gt.js";
import lt from "semver/functions/lt.js";
import prerelease from "semver/functions/prerelease.js";
import satisfies from "semver/functions/satisfies.js";
import type { DependencyFault, PluginNeeds } from "../dependencies/index.ts";
import type { Candidates } from "./choose-versions.ts";
import { OfferLook } from "./offer-facts.ts";
import { type PassedOver, type PlannedPackage, planOf } from "./plan.ts";

export interface PlanRequest {
  readonly id: string;
  /** As npm reads ranges; absent or `latest`: the newest that fits this machine and what is here. */
  readonly range?: string | undefined;
  /** What is here already, of each id what counts. */
  readonly known: readonly PluginNeeds[];
  /** Ids of what is built in, which no package replaces. */
  readonly fixed?: readonly string[];
}

/** Packages in the order to install them, or why there is no such order. */
export type InstallPlan = { readonly passedOver: readonly PassedOver[] } & (
  | { readonly ok: true; readonly packages: readonly PlannedPackage[] }
  | {
      readonly ok: false;
      /** `not-offered`: not this plugin, or no such version; else what it needs does not fit together. */
      readonly code: "not-offered" | "dependency";
      readonly message: string;
      readonly faults: readonly DependencyFault[];
    }
);

/** What has to come in so that a plugin can run: the newest versions that fit each other, this machine and what is here, which
 *  stays where it will do. Opens the packages it considers. Throws PackageError where the newest of the one asked for is
 *  damaged: an older one instead would surprise. */
export async function planInstall(offers: readonly Offer[], request: PlanRequest): Promise<InstallPlan> {
  const { id, known, fixed = [] } = request;
  const no = (message: string) => ({ ok: false, code: "not-offered", message, faults: [], passedOver: [] }) as const;
  if (fixed.includes(id)) return no(`${id} is built in: it comes with MiMoLo, and is upgraded with it`);
  const picked = pick(offers, id, request.range);
  if (!picked.ok) return no(picked.message);
  const look = new OfferLook();
  const newest = await look.at(picked.offer);
  if (!newest.ok && newest.damaged) throw newest.cause;
  const here = hereOf(known);
  const needed = candidatesFor(offers, here, fixed);
  const own = versionsInRange(offers, request, picked.offer, here.get(id));
  const candidates: Candidates = (each) => (each === id ? own : needed(each));
  const plan = await planOf({ rootId: id, candidates, here, look });
  return plan.ok ? plan : { ...plan, code: "dependency", message: plan.faults[0].message };
}

/** What is here, as if nobody had switched anything off: that is for the start to say. */
export function hereOf(known: readonly PluginNeeds[]): Map<string, PluginNeeds> {
  return new Map(
    known.map(({ id, version, dependencies, unusable }) => {
      return [id, { id, version, dependencies, ...(unusable !== undefined && { unusable }) }];
    }),
  );
}

/** What may be taken of a plugin that another one needs. */
export function candidatesFor(
  offers: readonly Offer[],
  here: ReadonlyMap<string, PluginNeeds>,
  fixed: readonly string[],
): Candidates {
  return (id) => {
    const own = here.get(id);
    if (fixed.includes(id)) return own === undefined ? [] : [null];
    const versions = versionsOf(offers, id);
    if (own === undefined) return versions;
    // Nobody goes back to an older version without having said so.
    return own.unusable === undefined
      ? [null, ...versions.filter(({ version }) => gt(version, own.version))]
      : versions;
  };
}

/** The one that was picked, and what else the range allows, newest first; without a range nothing older than what is here. */
function versionsInRange(
  offers: readonly Offer[],
  { id, range }: PlanRequest,
  picked: Offer,
  own: PluginNeeds | undefined,
): readonly Offer[] {
  const isFree = range === undefined || range === "latest";
  const older = versionsOf(offers, id).filter(({ version }) => {
    if (!lt(version, picked.version)) return false;
    if (!isFree) return satisfies(version, range);
    if (own !== undefined && lt(version, own.version)) return false;
    return prerelease(picked.version) !== null || prerelease(version) === null;
  });
  return [picked, ...older];
}
