import type { KnownPlugin } from "../config/index.ts";
import type { DataDirectory } from "../data-directory.ts";
import { readDecisions } from "../trust/decisions.ts";

/** The installed packages as a configuration knows plugins: by id, with the defaults of their settings. */
export function knownInstalled(directory: DataDirectory): KnownPlugin[] {
  return readDecisions(directory).installed.map(({ pluginId, manifest }) => ({
    plugin_id: pluginId,
    defaults: manifest.defaults,
  }));
}
