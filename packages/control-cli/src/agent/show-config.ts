import { agents as builtins } from "@mimolo/agents";
import {
  type ConfigReport,
  configReport,
  dataDirectory,
  knownFound,
  knownInstalled,
  labelOf,
  Overrides,
  withOverrides,
  withPlugins,
} from "@mimolo/operations";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { placeText } from "../present/place-text.ts";
import { table } from "../present/table.ts";
import { printable } from "../present/width.ts";
import { runSettings } from "../run/settings.ts";

/** `mimolo agent config LABEL`: every setting of one agent and who set it. */
export async function showConfig(call: Call, label: string): Promise<ExitCode> {
  const { output } = call;
  const report = await reportOf(call);
  const known = labelOf({ plugins: report.agents }, label);
  const agent = report.agents[known];
  const values = agent?.values ?? [];
  if (output.options.json) {
    await output.json({ label: known, plugin_id: agent?.plugin_id, values });
    return EXIT.done;
  }
  const rows = values.map(({ key, value, source, from, line }) => [
    key,
    printable(typeof value === "string" ? value : JSON.stringify(value)),
    source === "plugin" ? from : placeText(call.surroundings.cwd, from, line),
  ]);
  const columns = [{ title: "KEY" }, { title: "VALUE" }, { title: "FROM" }] as const;
  await output.print(...table(columns, rows, output.colour));
  return EXIT.done;
}

/** What the running collector goes by; without one, or with a file named, what a run here would go by. */
async function reportOf(call: Call): Promise<ConfigReport> {
  const client = call.options.config === undefined ? await clientIfRunning(call) : null;
  if (client !== null) return await client.get("/config");
  const { config, plugins } = runSettings(call, builtins, { look: true });
  const directory = dataDirectory(dataDirOf(call));
  const found = knownFound({ directory, builtins, cwd: call.surroundings.cwd })(config.registry.paths);
  const known = [...builtins, ...knownInstalled(directory), ...found];
  const kept = Overrides.open(directory.overrides).current;
  return configReport(withOverrides(withPlugins(config, plugins), kept, known), known);
}
