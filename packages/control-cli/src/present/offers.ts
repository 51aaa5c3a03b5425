import type { RegistryOffer, SearchReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { problemLines } from "./problem-lines.ts";
import { table } from "./table.ts";
import { fit, printable, widthOf } from "./width.ts";

/** A room that a description may always have. */
const LEAST_DESCRIPTION_COLUMNS = 20;

/** Every offer on a line, then what cannot be read of the registries. `columns` of the terminal; without one nothing is cut. */
export function offerLines({ plugins, problems }: SearchReport, columns: number | undefined, colour: Colour): string[] {
  return [
    ...(plugins.length === 0 ? ["Nothing is offered that fits."] : offerTable(plugins, columns, colour)),
    ...(problems.length === 0 ? [] : ["", colour("yellow", "Problems:"), ...problemLines(problems)]),
  ];
}

function offerTable(offers: readonly RegistryOffer[], columns: number | undefined, colour: Colour): string[] {
  const several = new Set(offers.map(({ source }) => source)).size > 1;
  const titles = ["PLUGIN", "VERSION", "INSTALLED", "TOUCHES", ...(several ? ["REGISTRY"] : []), "ABOUT"];
  const rows = offers.map((offer) => [
    printable(offer.plugin_id),
    printable(offer.version),
    offer.installed === null ? "–" : printable(offer.installed),
    offer.capabilities.length === 0 ? "–" : offer.capabilities.join(" "),
    ...(several ? [printable(offer.source)] : []),
  ]);
  const before = titles
    .slice(0, -1)
    .reduce(
      (sum, title, index) => sum + 2 + Math.max(title.length, ...rows.map((row) => widthOf(row[index] ?? ""))),
      0,
    );
  const room = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(LEAST_DESCRIPTION_COLUMNS, columns - before);
  return table(
    titles.map((title) => ({ title })),
    rows.map((row, index) => [...row, fit(printable(offers[index]?.description ?? ""), room)]),
    colour,
  );
}
