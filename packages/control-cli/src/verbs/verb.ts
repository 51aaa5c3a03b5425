import { Argument, Command as Parser, Option } from "commander";
import type { Call, Command, CommonOptions } from "../call.ts";
import type { ExitCode } from "../error.ts";

export interface VerbDefinition<Options extends object> {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One line for the list of verbs. */
  readonly summary: string;
  readonly arguments?: readonly Argument[];
  /** Of a verb whose first word is an action: how each is written, and what it does; a text alone heads those below it. */
  readonly actions?: readonly (readonly [line: string, purpose: string] | string)[];
  readonly options?: readonly Option[];
  /** Command lines and what each is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  /** Brings in the verb's code: only the verb that was asked for is ever loaded. */
  readonly load: () => Promise<Command<Options>>;
}

/** One verb, ready to be parsed and run. */
export interface Verb {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** A fresh parser; parsing with it fills the options that `run` reads. */
  parser(): Parser;
  run(parsed: Parser, around: Pick<Call, "output" | "surroundings">): Promise<ExitCode>;
}

/** Makes a verb of its definition. */
export function verb<Options extends object>(definition: VerbDefinition<Options>): Verb {
  return {
    name: definition.name,
    aliases: definition.aliases ?? [],
    summary: definition.summary,
    parser: () => parserOf(definition),
    run: async (parsed, around) => {
      const command = await definition.load();
      return await command({ ...around, arguments: parsed.args, options: parsed.opts<CommonOptions & Options>() });
    },
  };
}

/** The options that every verb takes. */
export function commonOptions(): Option[] {
  return [
    new Option("--data-dir <dir>", "where evidence is kept (else MIMOLO_HOME, else your user's data folder)"),
    new Option("--config <file>", "the configuration (else ./mimolo.toml over your user's)"),
    new Option("--json", "JSON on stdout, errors as JSON on stderr"),
    new Option("--quiet", "only the answer and warnings"),
    new Option("--verbose", "say more"),
  ];
}

function parserOf(definition: VerbDefinition<never>): Parser {
  const parser = new Parser(definition.name)
    .summary(definition.summary)
    .description(definition.summary)
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    .allowExcessArguments(false);
  for (const argument of definition.arguments ?? []) parser.addArgument(argument);
  for (const option of [...(definition.options ?? []), ...commonOptions()]) parser.addOption(option);
  const { actions = [], examples } = definition;
  const listed = actions.length === 0 ? [] : ["", "Actions:", ...linesOfActions(actions)];
  return parser.addHelpText("after", [...listed, "", "Examples:", ...linesWithPurposes(examples)].join("\n"));
}

function linesOfActions(actions: NonNullable<VerbDefinition<never>["actions"]>): string[] {
  const pairs = actions.filter((each) => typeof each !== "string");
  const lines = linesWithPurposes(pairs);
  const linesOfOne = lines.length / pairs.length;
  return actions.flatMap((each) => (typeof each === "string" ? ` ${each}` : lines.splice(0, linesOfOne)));
}

/** Purposes stand beside their lines, or above them where a terminal of 80 columns has no room for both. */
function linesWithPurposes(lines: VerbDefinition<never>["examples"]): string[] {
  const width = Math.max(...lines.map(([line]) => line.length));
  if (lines.some(([, purpose]) => width + purpose.length > 76)) {
    return lines.flatMap(([line, purpose]) => [`  ${purpose}`, `    ${line}`]);
  }
  return lines.map(([line, purpose]) => `  ${line.padEnd(width)}  ${purpose}`);
}
