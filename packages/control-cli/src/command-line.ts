import { Command as Parser, CommanderError } from "commander";
import { CliError, EXIT } from "./error.ts";
import { commonOptions, type Verb } from "./verbs/verb.ts";

/** What the arguments ask for: a verb with its parsed options, or a text to print. */
export type Request = { readonly verb: Verb; readonly parsed: Parser } | { readonly text: string };

/** Reads a command line. Without a verb it means the first of `verbs`. Throws `CliError` with exit code 2 and, for a
 *  misspelt word, the nearest right one. */
export function readCommandLine(argv: readonly string[], verbs: readonly Verb[], columns: number): Request {
  const at = verbAt(argv, verbs);
  const word = at === -1 ? undefined : argv[at];
  const rest = at === -1 ? [...argv] : [...argv.slice(0, at), ...argv.slice(at + 1)];
  if (word === "help") {
    const about = rest.find((argument) => !argument.startsWith("-"));
    return about === undefined ? { text: help(verbs, columns) } : readCommandLine([about, "--help"], verbs, columns);
  }
  if (word === undefined && argv.some((argument) => argument === "--help" || argument === "-h")) {
    return { text: help(verbs, columns) };
  }
  const verb = word === undefined ? verbs[0] : find(verbs, word);
  if (verb === undefined) throw unknownVerb(word ?? "", verbs);
  return parse(verb, rest, columns);
}

/** The index of the first word that is neither an option nor the value of one; -1 if there is none. */
function verbAt(argv: readonly string[], verbs: readonly Verb[]): number {
  const valued = new Set<string>();
  for (const option of [...commonOptions(), ...(verbs[0]?.parser().options ?? [])]) {
    if (option.required && option.long !== undefined) valued.add(option.long);
  }
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? "";
    if (argument === "--") return -1;
    if (valued.has(argument)) index += 1;
    else if (!argument.startsWith("-")) return index;
  }
  return -1;
}

function find(verbs: readonly Verb[], word: string): Verb | undefined {
  return verbs.find((verb) => verb.name === word || verb.aliases.includes(word));
}

function parse(verb: Verb, rest: readonly string[], columns: number): Request {
  const written: string[] = [];
  const program = new Parser("mimolo");
  const parsed = verb.parser();
  program.addCommand(parsed);
  silence(parsed, columns, written);
  try {
    parsed.parse(rest, { from: "user" });
    return { verb, parsed };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text: written.join("") };
    throw new CliError("usage", EXIT.usage, sentence(error), `\`mimolo ${verb.name} --help\` shows what it takes.`, {
      cause: error,
    });
  }
}

function help(verbs: readonly Verb[], columns: number): string {
  const program = programOf(verbs);
  silence(program, columns, []);
  return `${program.helpInformation()}${EXAMPLES}`;
}

const EXAMPLES = `
Examples:
  mimolo                 watch this folder (the same as \`mimolo run\`)
  mimolo timeline        when you worked
  mimolo help evidence   more on one verb, with examples
`;

function unknownVerb(word: string, verbs: readonly Verb[]): CliError {
  const program = programOf(verbs);
  silence(program, 80, []);
  let nearest: string | undefined;
  try {
    program.parse([word], { from: "user" });
  } catch (error) {
    nearest = /Did you mean (?:one of )?([^?]+)\?/.exec((error as Error).message)?.[1];
  }
  const hint =
    nearest === undefined
      ? `The verbs are: ${verbs.map((verb) => verb.name).join(", ")}.`
      : `Did you mean \`mimolo ${nearest.split(", ").join("` or `mimolo ")}\`?`;
  return new CliError("unknown-verb", EXIT.usage, `there is no verb "${word}"`, hint);
}

function programOf(verbs: readonly Verb[]): Parser {
  const program = new Parser("mimolo")
    .usage("[verb] [options]")
    .description("Watches your work without getting in its way; the evidence stays yours.")
    .helpOption("-h, --help", "show this help, or with a verb, that verb's")
    .helpCommand(false)
    .commandsGroup("Verbs:")
    .option("-V, --version", "print the version");
  for (const option of commonOptions()) program.addOption(option);
  for (const verb of verbs) program.addCommand(verb.parser());
  return program;
}

function silence(parser: Parser, columns: number, written: string[]): void {
  parser.exitOverride().configureOutput({
    writeOut: (text) => written.push(text),
    writeErr: () => {},
    outputError: () => {},
    getOutHelpWidth: () => Math.min(columns, 110),
    getOutHasColors: () => false,
  });
  parser.configureHelp({ subcommandTerm: (command) => command.name() });
}

function sentence(error: CommanderError): string {
  return error.message.replace(/^error: (?:command-argument )?/, "").replaceAll("\n", " ");
}
