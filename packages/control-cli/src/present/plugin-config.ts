import type { ConfigValue, PluginConfigReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { placeText } from "./place-text.ts";
import { table } from "./table.ts";
import { fit, printable, widthOf } from "./width.ts";

export interface HowToShow {
  /** With who set each value. */
  readonly explain: boolean;
  readonly cwd: string;
  /** Columns of the terminal; without one nothing is cut. */
  readonly columns: number | undefined;
}

/** A room that a value may always have, however long the rest of its line. */
const LEAST_VALUE_COLUMNS = 16;

/** Every setting on a line. What holds for one agent alone names it. */
export function settingLines(values: readonly ConfigValue[], how: HowToShow, colour: Colour): string[] {
  if (values.length === 0) return ["It has no settings, and no agent runs it."];
  const withLabels = values.some(({ label }) => label !== undefined);
  const rows = values.map(({ key, value, source, from, line, label }) => [
    printable(key),
    valueText(value),
    ...(withLabels ? [printable(label ?? "all")] : []),
    ...(how.explain ? [source, printable(placeText(how.cwd, from, line))] : []),
  ]);
  const titles = ["KEY", "VALUE", ...(withLabels ? ["AGENT"] : []), ...(how.explain ? ["SOURCE", "FROM"] : [])];
  const room = how.columns === undefined ? Number.POSITIVE_INFINITY : roomOfValues(titles, rows, how.columns);
  const shown = rows.map(([key = "", value = "", ...more]) => [key, fit(value, room), ...more]);
  return table(
    titles.map((title) => ({ title })),
    shown,
    colour,
  );
}

/** What the keys that were changed are now. */
export function changedSettings(report: PluginConfigReport, keys: readonly string[], cwd: string): string[] {
  return keys.flatMap((key) => {
    const now = report.values.filter((each) => each.key === key);
    if (now.length === 0) return [`${report.plugin_id}: ${printable(key)} is not set any more`];
    return now.map(({ value, source, from, line, label }) => {
      const whose = label === undefined ? "" : ` for ${printable(label)}`;
      const by = source === "runtime" ? "" : ` again, by ${printable(placeText(cwd, from, line))}`;
      return `${report.plugin_id}: ${printable(key)} is ${valueText(value)}${whose}${by}`;
    });
  });
}

/** A value as it would be typed; a secret is a reference. */
function valueText(value: unknown): string {
  if (typeof value === "string") return printable(value === "" ? '""' : value);
  if (isReference(value)) {
    const [[kind, where] = []] = Object.entries(value);
    return printable(`{ ${kind} = ${JSON.stringify(where)} }`);
  }
  return printable(JSON.stringify(value) ?? "");
}

function isReference(value: unknown): value is Record<string, string> {
  if (typeof value !== "object" || value === null) return false;
  const entries = Object.entries(value);
  const [[kind, where] = ["", undefined]] = entries;
  return entries.length === 1 && (kind === "env" || kind === "file") && typeof where === "string";
}

function roomOfValues(titles: readonly string[], rows: readonly (readonly string[])[], columns: number): number {
  const widths = titles.map((title, index) => Math.max(title.length, ...rows.map((row) => widthOf(row[index] ?? ""))));
  const others = widths.reduce((sum, width, index) => (index === 1 ? sum : sum + width + 2), 0);
  return Math.max(LEAST_VALUE_COLUMNS, columns - others);
}
