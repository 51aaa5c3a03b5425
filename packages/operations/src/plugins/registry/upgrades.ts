import { type Offer, versionsOf } from "@mimolo/trust/registry";
import gt from "semver/functions/gt.js";
import prerelease from "semver/functions/prerelease.js";
import { breaksRange, type DependencyFault, type PluginNeeds } from "../dependencies/index.ts";
import { suitedNow } from "./suited-now.ts";

/** A newer version of something that is installed. */
export interface OfferedUpgrade {
  readonly pluginId: string;
  /** The version that is here. */
  readonly from: string;
  /** The newest that suits everyone who needs it; null when none does. */
  readonly offer: Offer | null;
  /** A newer one still, and whom it would not suit; null without. */
  readonly held: { readonly offer: Offer; readonly fault: DependencyFault } | null;
}

/** What the offers have newer than what is installed, by id; pre-releases only for those that are at one. `others` are here,
 *  too, and may need what is installed. Opens no package: whether it fits this machine is found when it is taken. */
export function upgradesFor(
  installed: readonly PluginNeeds[],
  offers: readonly Offer[],
  others: readonly PluginNeeds[] = [],
): OfferedUpgrade[] {
  const known = [...installed, ...others];
  return installed.flatMap(({ id, version: from }) => {
    const atPreview = prerelease(from) !== null;
    const newer = versionsOf(offers, id).filter(({ version }) => {
      return gt(version, from) && (atPreview || prerelease(version) === null);
    });
    const [newest] = newer;
    if (newest === undefined) return [];
    const suited = suitedNow(known, { id, version: from });
    const offer = newer.find(({ version }) => breaksRange(suited, { id, version }) === null) ?? null;
    const fault = offer === newest ? null : breaksRange(suited, { id, version: newest.version });
    return [{ pluginId: id, from, offer, held: fault === null ? null : { offer: newest, fault } }];
  });
}
