import type { Figure } from "../bench/figure.ts";
import type { Scenario } from "../bench/scenario.ts";
import type { Colour } from "./colour.ts";
import { table } from "./table.ts";

/** Every figure on a line, what else was measured with it, then a sentence for each that says no or nothing. */
export function benchLines(
  figures: Readonly<Record<string, Figure>>,
  scenarios: readonly Scenario[],
  colour: Colour,
): string[] {
  const entries = Object.entries(figures);
  const rows = entries.map(([name, figure]) => [
    name,
    shown(figure.value),
    figure.unit,
    shown(figure.baseline),
    shown(figure.ratio),
    figure.target_of === "ratio" ? `${figure.target}×` : String(figure.target),
    figure.spread === null ? "–" : `${Math.round(figure.spread * 100)} %`,
    word(figure.ok, colour),
  ]);
  const more = entries.flatMap(([name, { more: others }]) => (others === undefined ? [] : [moreLine(name, others)]));
  const remarks = entries.flatMap(([name, figure]) => remark(name, figure, scenarios));
  return [...table(COLUMNS, rows, colour), ...spaced(more), ...spaced(remarks)];
}

const COLUMNS = [
  { title: "FIGURE" },
  { title: "VALUE", align: "right" },
  { title: "UNIT" },
  { title: "BASELINE", align: "right" },
  { title: "RATIO", align: "right" },
  { title: "TARGET", align: "right" },
  { title: "SPREAD", align: "right" },
  { title: "OK" },
] as const;

function remark(name: string, figure: Figure, scenarios: readonly Scenario[]): string[] {
  if (figure.ok === true) return [];
  if (figure.ok === null) return [`${name}: ${figure.why ?? "nothing can be said"}.`];
  const spec = scenarios.map((scenario) => scenario.figures[name]).find((found) => found !== undefined);
  const what = spec?.what ?? name;
  const least = spec?.atLeast === true;
  return [
    figure.target_of === "ratio"
      ? `${name}: ${what} ${least ? "comes to" : "costs"} ${shown(figure.ratio)}× its baseline, ${least ? "less" : "more"} than ${figure.target}×.`
      : `${name}: ${what} comes to ${shown(figure.value)} ${figure.unit}; wanted is at ${least ? "least" : "most"} ${figure.target}.`,
  ];
}

function moreLine(name: string, others: Readonly<Record<string, number>>): string {
  return `${name}: ${Object.entries(others)
    .map(([key, number]) => `${key} ${shown(number)}`)
    .join(", ")}`;
}

function spaced(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}

function shown(number: number | null): string {
  if (number === null) return "–";
  return number >= 100 ? String(Math.round(number)) : String(Math.round(number * 100) / 100);
}

function word(ok: boolean | null, colour: Colour): string {
  if (ok === null) return colour("dim", "–");
  return ok ? colour("green", "yes") : colour("yellow", "no");
}
