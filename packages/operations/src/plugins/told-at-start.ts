import type { LoadedConfig } from "../config/index.ts";
import type { Overrides } from "../overrides/overrides.ts";

/** What of the changes that were kept does not count at this start, and what else is to be said of agents that no file names, a
 *  sentence each. */
export function toldAtStart(
  { fault }: Pick<Overrides, "fault">,
  { config, written }: { readonly [Key in "config" | "written"]: Pick<LoadedConfig, "notices"> },
): string[] {
  const before = new Set(written.notices.map(({ message }) => message));
  const added = config.notices.flatMap(({ message }) => (before.has(message) ? [] : [message]));
  return [...(fault === null ? [] : [fault]), ...new Set(added)];
}
