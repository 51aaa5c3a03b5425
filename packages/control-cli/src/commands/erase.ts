import { erase as eraseInFiles, openArchive } from "@mimolo/operations";
import type { EvidenceRecord } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { byHolder } from "../desk/by-holder.ts";
import { canAsk, confirmed, noTerminal } from "../consent/ask.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { parseSeq } from "../parse/number.ts";
import { dataDirOf } from "../place.ts";
import { recordLine } from "../present/record.ts";

export interface EraseOptions {
  readonly why?: string;
  readonly yes?: boolean;
}

/** `mimolo erase`: empties one record for good. Its place, its hash, who did it and why stay. */
export async function erase(call: Call<EraseOptions>): Promise<ExitCode> {
  const { output } = call;
  const { why } = call.options;
  const seq = parseSeq(call.arguments[0] ?? "");
  if (why === undefined || why.trim() === "") {
    const hint = `It is kept in the place of what goes: mimolo erase ${seq} --why "a private window title"`;
    throw new CliError("usage", EXIT.usage, "--why is missing", hint);
  }
  if (!(await agreed(call, seq))) {
    output.note("Nothing was erased.");
    return EXIT.interrupted;
  }
  const report = await byHolder(
    call,
    (client) => client.post("/evidence/erase", { body: { seq, why } }),
    () => eraseInFiles(dataDirOf(call), { seq, why }),
  );
  if (output.options.json) {
    await output.json(report);
    return EXIT.done;
  }
  output.note(
    `Record ${seq} is erased; record ${report.record_seq} says that you did it, and why. Its hash stays, so that all else still verifies.`,
    "  Copies made before (backups, reports, copies of segment files) still have it.",
  );
  for (const other of report.repeated_by) {
    output.warn(`record ${other} sums up the same segment and may repeat it: mimolo erase ${other} --why "…"`);
  }
  return EXIT.done;
}

/** Shows what goes and asks; without a terminal somebody has to have said `--yes`. */
async function agreed(call: Call<EraseOptions>, seq: number): Promise<boolean> {
  const { options, output } = call;
  if (options.yes === true) return true;
  if (!canAsk(call)) throw noTerminal("whether to erase it", `Say it with --yes: mimolo erase ${seq} --why "…" --yes`);
  // What is not there or cannot go is refused without a question.
  const record = await recordAt(call, seq);
  if (record === null) return true;
  output.note(recordLine(record, output.columns, output.colour));
  return await confirmed(`Erase record ${seq} for good?`);
}

async function recordAt(call: Call<EraseOptions>, seq: number): Promise<EvidenceRecord | null> {
  for await (const { record } of openArchive(dataDirOf(call)).evidence({ seqAfter: seq - 1 })) {
    return record.seq === seq ? record : null;
  }
  return null;
}
