import { readCommandLine } from "./command-line.ts";
import type { ExitCode } from "./error.ts";
import { EXIT } from "./error.ts";
import { Output } from "./output.ts";
import { errorLines, shownError } from "./present/error.ts";
import { processSurroundings, type Surroundings } from "./surroundings.ts";
import { verbs } from "./verbs/verbs.ts";
import { version } from "./version.ts";

export type { ExitCode } from "./error.ts";
export type { Sink, StopSignal, Surroundings } from "./surroundings.ts";

/** Does what `argv` (without node and script) asks and resolves with the exit code, which it also leaves in
 *  `process.exitCode`. Never throws. With `surroundings` given, the process itself is left alone. */
export async function main(argv: readonly string[], surroundings?: Surroundings): Promise<ExitCode> {
  const code = await answer(argv, surroundings ?? processSurroundings());
  if (surroundings === undefined) process.exitCode = code;
  return code;
}

async function answer(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const output = new Output(surroundings, {
    json: asked(argv, "--json"),
    quiet: asked(argv, "--quiet"),
    verbose: asked(argv, "--verbose"),
  });
  try {
    if (argv[0] === "--version" || argv[0] === "-V") {
      await output.print(version());
      return EXIT.done;
    }
    const request = readCommandLine(argv, verbs, output.columns);
    if ("text" in request) {
      await output.write(request.text);
      return EXIT.done;
    }
    return await request.verb.run(request.parsed, { output, surroundings });
  } catch (thrown) {
    const error = shownError(thrown);
    const { code, message, hint, reason } = error;
    const stack = output.options.verbose && thrown instanceof Error ? [thrown.stack ?? ""] : [];
    const lines = output.options.json
      ? [JSON.stringify({ error: { code, message, hint, reason } })]
      : [...errorLines(error, output.warningColour), ...stack];
    surroundings.stderr.write(`${lines.join("\n")}\n`);
    return error.exitCode;
  }
}

function asked(argv: readonly string[], option: string): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes(option);
}
