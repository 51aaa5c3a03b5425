import type { DataDirectory } from "../data-directory.ts";
import { forgotten } from "../plugins/switch/switched.ts";
import { Overrides } from "./overrides.ts";

/** Keeps nothing more for a plugin that was taken out, for the holder of the lock where no collector runs. A damaged file is left
 *  for somebody to look at, and one that cannot be written tells of the plugin at the next start. */
export function forgetKept({ overrides: file }: Pick<DataDirectory, "overrides">, id: string): void {
  const kept = Overrides.open(file);
  if (kept.fault !== null || forgotten(kept.current, id) === kept.current) return;
  try {
    kept.change((now) => forgotten(now, id));
  } catch {
    // The plugin is out all the same.
  }
}
