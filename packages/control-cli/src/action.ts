// The second word of `mimolo key` and `mimolo plugin`: each takes its own words and options, and loads only its own code.
import type { Call, CommonOptions } from "./call.ts";
import { CliError, EXIT, type ExitCode } from "./error.ts";

/** What one action is and takes. */
export interface Action<Options extends object> {
  /** How it is written after its name: `ID CAP…`, its own options included. */
  readonly takes: string;
  /** Fewest and most words after its name. */
  readonly words: readonly [least: number, most: number];
  /** The options that are its own, beside those of every verb. */
  readonly options: readonly (keyof Options & string)[];
  /** Brings in the action's code. */
  readonly load: () => Promise<ActionCommand<Options>>;
}

/** An action at work; `words` are those after its name. */
export type ActionCommand<Options extends object> = (
  call: Call<Options>,
  words: readonly string[],
) => Promise<ExitCode>;

/** Runs the action that the call's first word names. Throws a usage error for words and options that are not its own. */
export async function runAction<Options extends object>(
  call: Call<Options>,
  verb: string,
  actions: Readonly<Record<string, Action<Options>>>,
): Promise<ExitCode> {
  const [name = "", ...words] = call.arguments;
  const action = actions[name];
  if (action === undefined) {
    throw usage(`there is no \`mimolo ${verb} ${name}\``, `Try one of: ${Object.keys(actions).join(", ")}.`);
  }
  const form = `mimolo ${verb} ${name} ${action.takes}`.trimEnd();
  const own: readonly string[] = action.options;
  const stray = Object.keys(call.options).find((key) => !COMMON.has(key) && !own.includes(key));
  if (stray !== undefined) throw usage(`${flagOf(stray)} does not belong to \`mimolo ${verb} ${name}\``, form);
  const [least, most] = action.words;
  if (words.length < least) throw usage(`\`mimolo ${verb} ${name}\` wants more`, form);
  if (words.length > most) throw usage(`too many words: "${words[most] ?? ""}"`, form);
  return await (await action.load())(call, words);
}

const COMMON: ReadonlySet<string> = new Set<keyof CommonOptions>(["dataDir", "config", "json", "quiet", "verbose"]);

function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function usage(message: string, hint: string): CliError {
  return new CliError("usage", EXIT.usage, message, hint);
}
