import { shellWord } from "@mimolo/operations/trust";
import type { RegisteredPlugin, RegisterReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { problemLines } from "./problem-lines.ts";
import { table } from "./table.ts";
import { printable } from "./width.ts";

/** Every plugin on a line, then what was found and waits for somebody to install it, then what stands in the way of some. */
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
  const waiting = foundOnly(report).map((plugin) => {
    return `  ${printable(plugin.plugin_id)}  ${printable(plugin.path)}  ${printable(nextStep(plugin))}`;
  });
  return [
    ...listed,
    ...(waiting.length === 0 ? [] : ["", "Found here; nothing of it runs before you install it:", ...waiting]),
    ...(report.problems.length === 0 ? [] : ["", colour("yellow", "Problems:"), ...problemLines(report.problems)]),
  ];
}

/** What merely lies here. What is installed and may not run is told among the problems. */
function foundOnly({ plugins, problems }: RegisterReport): RegisteredPlugin[] {
  const told = new Set(problems.map(({ path }) => path));
  return plugins.filter(
    ({ state, verdict, path }) =>
      // What runs in developer mode was not merely found, and waits for nobody.
      state === "discovered" && verdict !== "trusted" && verdict !== "dev" && !told.has(path),
  );
}

function nextStep({ path, verdict, plugin_id: id, version }: RegisteredPlugin): string {
  const folder = shellWord(path);
  if (verdict === "not-allowlisted") return `mimolo plugin install ${folder}`;
  if (verdict !== "unsigned") return `${verdict}: mimolo plugin verify ${folder}`;
  return `mimolo plugin pack ${folder} --sign, then: mimolo plugin install ${shellWord(`${id}-${version}.mmpkg`)}`;
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
