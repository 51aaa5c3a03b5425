import { openArchive } from "@mimolo/operations/reading";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { follow } from "../following.ts";
import { dataDirOf } from "../place.ts";
import { logLine } from "../present/log-line.ts";

export interface LogsOptions {
  readonly follow?: boolean;
}

/** `mimolo logs`: diagnostics, oldest first, one object a line with `--json`. */
export async function logs(call: Call<LogsOptions>): Promise<ExitCode> {
  const { output } = call;
  const [label] = call.arguments;
  const dataDir = dataDirOf(call);
  const archive = openArchive(dataDir);
  const position = { file: "", offset: 0 };
  let shown = 0;
  let leftOut = 0;
  const readMore = async () => {
    for await (const line of archive.diagnostics({ position, ...(label === undefined ? {} : { label }) })) {
      if (output.closed) return false;
      if (line.level === "debug" && !output.options.json && !output.options.verbose) {
        leftOut += 1;
        continue;
      }
      await output.print(output.options.json ? JSON.stringify(line) : logLine(line, output.colour));
      shown += 1;
    }
    return true;
  };
  await readMore();
  const silent = shown === 0 && leftOut === 0 && label !== undefined;
  const unknown = silent ? await (await import("../agent/known-label.ts")).unknownLabel(call, label) : null;
  if (unknown !== null) output.warn(unknown);
  if (call.options.follow === true) return await follow(call, readMore);
  if (leftOut > 0) output.note(`${leftOut} lines of the protocol at work are left out; --verbose shows them.`);
  else if (shown === 0 && unknown === null && !output.options.json) {
    output.note(label === undefined ? `No diagnostics in ${dataDir}.` : `No diagnostics of ${label} in ${dataDir}.`);
  }
  return EXIT.done;
}
