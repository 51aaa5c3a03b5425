import { type LoadedConfig, OVERRIDES_TITLE } from "../config/index.ts";
import type { Overrides } from "../overrides/overrides.ts";

/** What of the changes that were kept does not count at this start, a sentence each. */
export function toldAtStart({ fault }: Pick<Overrides, "fault">, { notices }: Pick<LoadedConfig, "notices">): string[] {
  const leftOut = notices.filter(({ file }) => file === OVERRIDES_TITLE).map(({ message }) => message);
  return [...(fault === null ? [] : [fault]), ...leftOut];
}
