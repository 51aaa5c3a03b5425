import type { Area } from "@mimolo/agent-sdk/testing";
import type { RulePage } from "../conform/rule-pages.ts";
import type { Colour } from "./colour.ts";
import { wrap } from "./width.ts";

const MARGIN = 8;
/** Where titles begin in the list. */
const LIST_MARGIN = 10;
const WIDEST = 100;

type Level = Pick<RulePage, "required" | "release">;

/** A page for each rule, one below the other. */
export function pageLines(pages: readonly RulePage[], colour: Colour, columns: number): string[] {
  const width = Math.min(columns, WIDEST);
  return pages.flatMap((page, index) => [...(index === 0 ? [] : [""]), ...pageOf(page, colour, width)]);
}

/** Each rule with its title, below its area. */
export function listLines(
  pages: readonly RulePage[],
  titles: Readonly<Record<Area, string>>,
  colour: Colour,
  columns: number,
): string[] {
  const areas = [...new Set(pages.map(({ area }) => area))];
  return [
    ...areas.flatMap((area) => [
      colour("bold", titles[area]),
      ...pages.filter((page) => page.area === area).flatMap((page) => titleOf(page, colour, columns)),
      "",
    ]),
    colour("dim", "  mimolo conform --explain JLP301   a rule in full"),
  ];
}

function pageOf(page: RulePage, colour: Colour, width: number): string[] {
  const { id, title, says, why, fix, seen_in: seenIn, live } = page;
  const part = (name: string, text: string) =>
    wrap(text, width - MARGIN).map(
      (line, index) => `  ${colour("dim", (index === 0 ? name : "").padEnd(MARGIN - 3))} ${line}`,
    );
  const situations = seenIn.map((each) => `${each.name} (${each.title})`).join(", ");
  const seen = situations === "" ? "every line of every situation" : situations;
  return [
    `${colour("bold", `${id}  ${title}`)}${colour("dim", `  (${levelOf(page)})`)}`,
    ...part("says", says),
    ...part("why", why),
    ...part("fix", fix),
    ...part("in", `${seen}${live ? "; mimolo try sees it as it happens" : ""}`),
  ];
}

function titleOf(page: RulePage, colour: Colour, columns: number): string[] {
  const room = columns - LIST_MARGIN;
  const lines = wrap(page.title, room);
  const level = page.required && !page.release ? "" : `(${levelOf(page)})`;
  const isRoomy = `${lines.at(-1) ?? ""}  ${level}`.length <= room;
  const titles = lines.map((line, index) => `${(index === 0 ? `  ${page.id}` : "").padEnd(LIST_MARGIN)}${line}`);
  if (level === "") return titles;
  if (!isRoomy) return [...titles, `${" ".repeat(LIST_MARGIN)}${colour("dim", level)}`];
  return [...titles.slice(0, -1), `${titles.at(-1) ?? ""}  ${colour("dim", level)}`];
}

function levelOf({ required, release }: Level): string {
  return `${required ? "required" : "advice"}${release ? ", with --release" : ""}`;
}
