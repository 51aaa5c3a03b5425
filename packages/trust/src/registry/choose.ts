// What is looked for among the offers, and which version is meant.
import { nearestName } from "@mimolo/protocol";
import compareBuild from "semver/functions/compare-build.js";
import prerelease from "semver/functions/prerelease.js";
import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { shown } from "../package/entry-name.ts";
import type { Offer } from "./offer.ts";

/** `code` says which of the two words did not fit; `message` is a sentence that helps. */
export type Picked =
  | { readonly ok: true; readonly offer: Offer }
  | { readonly ok: false; readonly code: "unknown-plugin" | "no-such-version" | "bad-range"; readonly message: string };

/** The offers of one plugin, newest first. */
export function versionsOf(offers: readonly Offer[], pluginId: string): Offer[] {
  return offers
    .filter((offer) => offer.pluginId === pluginId)
    .toSorted((one, other) => compareBuild(other.version, one.version));
}

/** Plugins whose id or description has every one of the words, case aside, each by its newest version: those of the very id
 *  first, then those with the words in their ids, then by id. Without words: all. */
export function search(offers: readonly Offer[], words: readonly string[]): Offer[] {
  const wanted = words
    .flatMap((word) => word.split(/\s+/))
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
  const newest = [...byPlugin(offers).values()].flatMap((all) => newestOf(all) ?? []);
  const found = newest.flatMap((offer) => {
    const text = offer.description.toLowerCase();
    const inId = wanted.filter((word) => offer.pluginId.includes(word));
    if (!wanted.every((word) => inId.includes(word) || text.includes(word))) return [];
    const isIt = wanted.length > 0 && wanted.every((word) => offer.pluginId === word);
    return [{ offer, misses: isIt ? -1 : wanted.length - inId.length }];
  });
  const sorted = found.toSorted((one, other) => {
    const byMisses = one.misses - other.misses;
    return byMisses === 0 ? (one.offer.pluginId < other.offer.pluginId ? -1 : 1) : byMisses;
  });
  return sorted.map(({ offer }) => offer);
}

/** The newest version of a plugin that `range` allows, pre-releases as npm reads them; without one, or with `latest`, the
 *  newest that is no pre-release, where there is one. */
export function pick(offers: readonly Offer[], pluginId: string, range?: string): Picked {
  const versions = versionsOf(offers, pluginId);
  if (versions.length === 0) return { ok: false, code: "unknown-plugin", message: unknownPlugin(offers, pluginId) };
  const isFree = range === undefined || range === "latest";
  if (!isFree && validRange(range) === null) {
    const message = `${shown(range)} is no range of versions, such as ^1, 1.2.0 or ">=1.2 <3"; ${thereAre(versions)}`;
    return { ok: false, code: "bad-range", message };
  }
  const offer = isFree ? newestOf(versions) : versions.find(({ version }) => satisfies(version, range));
  if (offer !== undefined) return { ok: true, offer };
  const message = `no version of ${pluginId} fits ${range ?? ""}; ${thereAre(versions)}`;
  return { ok: false, code: "no-such-version", message };
}

function byPlugin(offers: readonly Offer[]): Map<string, Offer[]> {
  const groups = new Map<string, Offer[]>();
  for (const offer of offers) {
    const group = groups.get(offer.pluginId);
    if (group === undefined) groups.set(offer.pluginId, [offer]);
    else group.push(offer);
  }
  return groups;
}

/** The newest of some offers that is no pre-release, else the newest. */
function newestOf(offers: readonly Offer[]): Offer | undefined {
  const sorted = offers.toSorted((one, other) => compareBuild(other.version, one.version));
  return sorted.find(({ version }) => prerelease(version) === null) ?? sorted[0];
}

function unknownPlugin(offers: readonly Offer[], pluginId: string): string {
  const ids = new Set(offers.map((offer) => offer.pluginId));
  if (ids.size === 0) return `no registry offers ${shown(pluginId)}: none offers anything`;
  const nearest = nearestName(pluginId, ids) ?? sharing(pluginId, ids);
  const meant = nearest === undefined ? "mimolo plugin search lists what there is" : `did you mean ${nearest}?`;
  return `no registry offers ${shown(pluginId)}; ${meant}`;
}

/** Somebody who leaves out, or mistakes, the publisher means the plugin of that name. */
function sharing(pluginId: string, ids: ReadonlySet<string>): string | undefined {
  const last = pluginId.split(".").at(-1);
  return [...ids].find((id) => id.split(".").at(-1) === last);
}

const MOST_SHOWN = 8;

function thereAre(versions: readonly Offer[]): string {
  const shownHere = versions.slice(0, MOST_SHOWN).map(({ version }) => version);
  const more = versions.length > MOST_SHOWN ? ` and ${versions.length - MOST_SHOWN} older ones` : "";
  return versions.length === 1 ? `there is ${shownHere.join()} only` : `there are ${shownHere.join(", ")}${more}`;
}
