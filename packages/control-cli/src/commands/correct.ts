import { correct as correctInFiles } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { byHolder } from "../desk/by-holder.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { parseRange } from "../parse/time.ts";
import { dataDirOf } from "../place.ts";
import { describeRecord } from "../present/record.ts";
import { printable } from "../present/width.ts";

export interface CorrectOptions {
  readonly from?: string;
  readonly to?: string;
  readonly as?: "work" | "idle";
  readonly note?: string;
}

/** `mimolo correct`: a person's word on a stretch of time, as a record of its own. Nothing that was written changes. */
export async function correct(call: Call<CorrectOptions>): Promise<ExitCode> {
  const { output, surroundings } = call;
  const { as, note = "" } = call.options;
  const { fromMs, toMs } = parseRange(call.options, surroundings.nowMs());
  if (fromMs === undefined || toMs === undefined) throw missing(fromMs === undefined ? "--from" : "--to");
  if (as === undefined) throw missing("--as");
  const body = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), as, note };
  const report = await byHolder(
    call,
    (client) => client.post("/evidence/correct", { body }),
    () => correctInFiles(dataDirOf(call), { fromMs, toMs, as, note }),
  );
  if (output.options.json) await output.json(report);
  else {
    output.note(
      printable(`Record ${report.seq}: ${describeRecord({ kind: "correction", data: report })}`),
      "  What was recorded stays as it is; the timeline and all that is counted from it go by your word.",
      `  To take it back, correct the same time again, or \`mimolo erase ${report.seq} --why T\`.`,
    );
  }
  if (toMs > surroundings.nowMs()) output.warn("that time is not over yet");
  return EXIT.done;
}

function missing(option: string): CliError {
  return new CliError(
    "usage",
    EXIT.usage,
    `${option} is missing`,
    'mimolo correct --from 2026-11-21T12:00 --to 2026-11-21T13:00 --as idle --note "lunch"',
  );
}
