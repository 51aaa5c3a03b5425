import type { PluginChangeReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { printable, wrap } from "./width.ts";

/** What became of it; the first line alone is enough. */
export function changedLines(report: PluginChangeReport, colour: Colour, columns: number): string[] {
  const { plugin_id: id, version, state, outcome, message } = report;
  const name = printable(`${id} ${version}`.trimEnd());
  const first =
    outcome === "unchanged"
      ? `${name} was so already: ${state}`
      : `${colour("green", `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}:`)} ${name}, ${state}`;
  return [first, ...wrap(printable(message), columns - 2).map((line) => `  ${line}`)];
}
