// What a command printed, in the words of the format it was said to print.
import type { CommandRun } from "../command-run.ts";
import type { OutputFormat } from "../task.ts";
import { readInflux } from "./influx.ts";
import { readJson } from "./json.ts";
import { readLines } from "./lines.ts";
import { readNagios } from "./nagios.ts";

/** The fields of a result, or why what was printed is not of its format. */
export type ReadOutput =
  | { readonly ok: true; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly why: string };

/** Reads the output of a run that ended by itself. But for checks, whose exit code is their answer, an exit code other than 0 is
 *  told, and what was printed is read all the same. */
export function readOutput(as: OutputFormat, { stdout: printed, exitCode }: CommandRun): ReadOutput {
  // What some programs begin with says how it is encoded, and is no part of it.
  const stdout = printed.startsWith("\uFEFF") ? printed.slice(1) : printed;
  switch (as) {
    case "lines":
      return readLines(stdout);
    case "json":
      return readJson(stdout);
    case "influx":
      return readInflux(stdout);
    case "nagios":
      return readNagios({ stdout, exitCode });
  }
}
