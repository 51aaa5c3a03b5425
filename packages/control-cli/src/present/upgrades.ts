import type { UpgradeReport } from "@mimolo/protocol";
import type { Colour } from "./colour.ts";
import { problemLines } from "./problem-lines.ts";
import { printable, wrap } from "./width.ts";

type Upgrade = UpgradeReport["upgrades"][number];

const COLOURS = {
  upgraded: "green",
  available: "cyan",
  waiting: "yellow",
  refused: "red",
  "rolled-back": "red",
} as const satisfies Readonly<Record<Upgrade["outcome"], string>>;

/** Its outcome, and in a sentence why. */
export function oneUpgrade(
  { plugin_id: id, from, to, outcome, message }: Upgrade,
  columns: number,
  colour: Colour,
): string[] {
  const [sentence = "", ...more] = message.split("\n");
  return [
    `${printable(id)} ${printable(from)} → ${printable(to)}  ${colour(COLOURS[outcome], outcome)}`,
    ...wrap(printable(sentence), columns - 2).map((line) => `  ${line}`),
    // Commands are to be copied: they stay on one line.
    ...more.map((line) => `  ${printable(line)}`),
  ];
}

/** What there is to say after all of them. */
export function upgradeLines({ upgrades, problems }: UpgradeReport, colour: Colour): string[] {
  return [
    ...(upgrades.length === 0 ? ["Nothing newer is offered."] : []),
    ...(problems.length === 0 ? [] : ["", colour("yellow", "Problems:"), ...problemLines(problems)]),
  ];
}
