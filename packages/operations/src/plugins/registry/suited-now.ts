import { breaksRange, type PluginNeeds } from "../dependencies/index.ts";

/** Those who can do with what is here. Whom it does not suit either is no reason to keep it. */
export function suitedNow(
  others: readonly PluginNeeds[],
  now: Pick<PluginNeeds, "id" | "version"> | undefined,
): PluginNeeds[] {
  return now === undefined ? [] : others.filter((one) => breaksRange([one], now) === null);
}
