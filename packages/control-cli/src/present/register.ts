import type { RegisterReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { table } from "./table.ts";
import { printable } from "./width.ts";

/** Every plugin on a line, then what stands in the way of some. */
export function registerLines(report: RegisterReport, colour: Colour): string[] {
  const rows = report.plugins.map((plugin) => [
    printable(plugin.plugin_id),
    plugin.version === "" ? "–" : plugin.version,
    plugin.type,
    plugin.state,
    plugin.verdict === "trusted" ? colour("green", plugin.verdict) : colour("yellow", plugin.verdict),
    plugin.monitor === undefined ? "" : monitorOf(plugin.monitor),
  ]);
  const listed = rows.length === 0 ? ["No plugins are known here."] : table(COLUMNS, rows, colour);
  const problems = report.problems.map(({ path, line, message }) => {
    const place = line === undefined ? path : `${path}:${line}`;
    return `  ${printable(place)}  ${printable(message)}`;
  });
  return problems.length === 0 ? listed : [...listed, "", colour("yellow", "Problems:"), ...problems];
}

const COLUMNS = [
  { title: "PLUGIN" },
  { title: "VERSION" },
  { title: "TYPE" },
  { title: "STATE" },
  { title: "VERDICT" },
  { title: "MONITOR" },
] as const;

function monitorOf(monitor: NonNullable<RegisterReport["plugins"][number]["monitor"]>): string {
  const traits = [
    monitor.data_header ?? "",
    monitor.resets_cooldown === false ? "does not count as work" : "counts as work",
    monitor.infrequent === true ? "infrequent" : "",
  ];
  return traits.filter((trait) => trait !== "").join(", ");
}
