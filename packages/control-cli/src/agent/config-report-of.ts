import { agents as builtins } from "@mimolo/agents";
import {
  type ConfigReport,
  configReport,
  dataDirectory,
  knownFound,
  knownInstalled,
  Overrides,
  withOverrides,
  withPlugins,
} from "@mimolo/operations";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { dataDirOf } from "../place.ts";
import { runSettings } from "../run/settings.ts";

/** What the running collector goes by; without one, or with a file named, what a run here would go by. */
export async function configReportOf(call: Call): Promise<ConfigReport> {
  const client = call.options.config === undefined ? await clientIfRunning(call) : null;
  if (client !== null) return await client.get("/config");
  const { config, plugins } = runSettings(call, builtins, { look: true });
  const directory = dataDirectory(dataDirOf(call));
  const found = knownFound({ directory, builtins, cwd: call.surroundings.cwd })(config.registry.paths);
  const known = [...builtins, ...knownInstalled(directory), ...found];
  const kept = Overrides.open(directory.overrides).current;
  return configReport(withOverrides(withPlugins(config, plugins), kept, known), known);
}
