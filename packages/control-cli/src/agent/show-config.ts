import { labelOf } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { placeText } from "../present/place-text.ts";
import { table } from "../present/table.ts";
import { printable } from "../present/width.ts";
import { configReportOf } from "./config-report-of.ts";

/** `mimolo agent config LABEL`: every setting of one agent and who set it. */
export async function showConfig(call: Call, label: string): Promise<ExitCode> {
  const { output } = call;
  const report = await configReportOf(call);
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
