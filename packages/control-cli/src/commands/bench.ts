import { measure } from "../bench/measure.ts";
import { figureNames, scenarios } from "../bench/scenarios.ts";
import { Workbench } from "../bench/workbench.ts";
import type { Call } from "../call.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { benchLines } from "../present/bench.ts";

export interface BenchOptions {
  readonly only?: string;
  readonly quick?: boolean;
}

/** `mimolo bench`: what MiMoLo costs on this machine, each figure beside its own control. A missed target is an answer, not
 *  a failure. */
export async function bench(call: Call<BenchOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const names = wantedNames(options.only);
  const interrupted = new AbortController();
  const ignore = surroundings.onStopSignal(() => interrupted.abort());
  const progress = progressLine(call);
  const workbench = new Workbench({
    quick: options.quick === true,
    signal: interrupted.signal,
    progress: (text) => progress(text),
  });
  try {
    const figures = await measure(scenarios, names, workbench);
    progress("");
    // A process killed by Ctrl-C can look like one that ended, and give a figure.
    interrupted.signal.throwIfAborted();
    if (output.options.json) await output.json(figures);
    else await output.print(...benchLines(figures, scenarios, output.colour));
    return EXIT.done;
  } catch (error) {
    progress("");
    if (interrupted.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    workbench.close();
    ignore();
  }
}

function wantedNames(only: string | undefined): readonly string[] {
  if (only === undefined) return figureNames;
  const names = only.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !figureNames.includes(name));
  if (unknown === undefined) return names;
  throw new CliError(
    "unknown-figure",
    EXIT.usage,
    `there is no figure "${unknown}"`,
    `Name one of: ${figureNames.join(", ")}.`,
  );
}

/** One line on stderr, rewritten in place; nothing where nobody looks. */
function progressLine({ output, surroundings }: Call): (text: string) => void {
  const { stderr } = surroundings;
  if (stderr.isTTY !== true || output.options.quiet) return () => undefined;
  return (text) => void stderr.write(`\r\u001B[2K${text}`);
}
