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
  return [
    `${printable(id)} ${printable(from)} → ${printable(to)}  ${colour(COLOURS[outcome], outcome)}`,
    ...message.split("\n").flatMap((line) => wrap(printable(line), columns - 2).map((each) => `  ${each}`)),
  ];
}

/** What there is to say after all of them. */
export function upgradeLines({ upgrades, problems }: UpgradeReport, colour: Colour): string[] {
  return [
    ...(upgrades.length === 0 ? ["Nothing newer is offered."] : []),
    ...(problems.length === 0 ? [] : ["", colour("yellow", "Problems:"), ...problemLines(problems)]),
  ];
}
