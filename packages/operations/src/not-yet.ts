import type { LoadedConfig } from "./config/index.ts";

/** What the configuration asks for and this version does not do, as sentences: said at every start, never passed over. */
export function notYet({ monitor }: LoadedConfig): string[] {
  return (["journal_dir", "cache_dir"] as const)
    .filter((key) => monitor[key] !== undefined)
    .map((key) => `${key} in [monitor] is read, but this version writes nothing there`);
}
