import { shellWord } from "@mimolo/operations/reading";
import type { Colour } from "../present/colour.ts";
import { printable, widthOf, wrap } from "../present/width.ts";
import type { PageText } from "./page-text.ts";

interface WatchedAgent {
  readonly label: string;
  /** What it watches, or the command it is. */
  readonly about: string;
}

export interface FirstScreen {
  readonly version: string;
  readonly folder: string;
  readonly dataDir: string;
  readonly agents: readonly WatchedAgent[];
  /** Labels of those that may talk to other machines. */
  readonly online: readonly string[];
  /** Where the page is, `null`: nowhere. */
  readonly page: PageText | null;
  /** What holds the agents to what they may touch. */
  readonly sandbox: string;
  /** How `mimolo` is called here, ready to be copied: `npx mimolo`, with `--data-dir` when it is not the usual one. */
  readonly command: (verb: string) => string;
  /** Columns of the terminal; without one nothing is broken. */
  readonly columns: number | undefined;
}

/** What a newcomer sees first: what is watched, where the evidence goes, what to try next. */
export function firstScreen(screen: FirstScreen, colour: Colour): string[] {
  const labelWidth = Math.max(0, ...screen.agents.map((agent) => widthOf(agent.label)));
  const room = Math.max(30, (screen.columns ?? Number.POSITIVE_INFINITY) - INDENT.length - labelWidth - 3);
  const agents = screen.agents.flatMap(({ label, about }) => {
    const [first = "", ...more] = wrap(printable(about), room);
    const padding = " ".repeat(labelWidth - widthOf(label));
    return [
      `${INDENT}${colour("cyan", label)}${padding}  ${colour("dim", first)}`,
      ...more.map((line) => `${INDENT}${" ".repeat(labelWidth)}  ${colour("dim", line)}`),
    ];
  });
  const next = NEXT.map(([verb, purpose]) => [screen.command(verb), purpose] as const);
  const commandWidth = Math.max(...next.map(([line]) => widthOf(line)));
  const purposeWidth = Math.max(...next.map(([, purpose]) => widthOf(purpose)));
  const beside = commandWidth + purposeWidth + 4 <= (screen.columns ?? Number.POSITIVE_INFINITY);
  return [
    `${colour("bold", `MiMoLo ${screen.version}`)} is watching your work. ${promise(screen.online)}`,
    "",
    `  ${colour("dim", "watching")}  ${screen.folder}`,
    ...agents,
    `  ${colour("dim", "evidence")}  ${screen.dataDir}`,
    `  ${colour("dim", "sandbox ")}  ${screen.sandbox}`,
    ...(screen.page === null
      ? []
      : [
          `  ${colour("dim", "page    ")}  ${colour("cyan", screen.page.address)}`,
          `${INDENT}${colour("dim", screen.page.about)}`,
        ]),
    "",
    "Work in that folder as always, then try in another terminal:",
    ...next.flatMap(([line, purpose]) =>
      beside
        ? [`  ${line}${" ".repeat(commandWidth - widthOf(line))}  ${colour("dim", purpose)}`]
        : [`  ${colour("dim", purpose)}`, `    ${line}`],
    ),
    "",
    `Ctrl-C stops it.`,
  ];
}

/** Said only as far as it holds. */
function promise(online: readonly string[]): string {
  if (online.length === 0) return "Everything stays on this machine.";
  return `The evidence stays on this machine; the network is open to ${printable(online.join(", "))}.`;
}

/** How to call `mimolo` so that the line can be copied and works. */
export function commandFor(
  env: Readonly<Record<string, string | undefined>>,
  dataDirOption: string | undefined,
): (verb: string) => string {
  const name = env["npm_lifecycle_event"] === undefined && env["npm_command"] === undefined ? "mimolo" : "npx mimolo";
  const where = dataDirOption === undefined ? "" : ` --data-dir ${shellWord(dataDirOption)}`;
  return (verb) => `${name} ${verb}${where}`;
}

const INDENT = " ".repeat(12);

const NEXT = [
  ["timeline", "when you worked"],
  ["evidence -f", "the records behind it, as they come"],
  ["status", "how everything is doing"],
] as const;
