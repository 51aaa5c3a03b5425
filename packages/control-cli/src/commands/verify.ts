import { existsSync, realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import { dataDirectory, openArchive } from "@mimolo/operations/reading";
import { isCalendarDay, type VerifyReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { dataDirOf, repositoryOf } from "../place.ts";
import { verifyLines } from "../present/verify.ts";
import { printable } from "../present/width.ts";

export interface VerifyOptions {
  readonly date?: string;
  readonly repo?: string;
}

/** `mimolo verify`: exit code 5 when the evidence is not what was written. */
export async function verify(call: Call<VerifyOptions>): Promise<ExitCode> {
  const { date } = call.options;
  if (date !== undefined && !isCalendarDay(date)) {
    throw new CliError("invalid-time", EXIT.usage, `--date "${date}" is no day`, "Write the UTC day as 2026-11-21.");
  }
  const directory = dataDirectory(dataDirOf(call));
  if (!existsSync(directory.evidence) && !existsSync(directory.head)) {
    throw new CliError(
      "no-evidence",
      EXIT.failed,
      `there is no evidence in ${directory.root}`,
      "`mimolo run` collects it; --data-dir names another folder.",
    );
  }
  const repo = call.options.repo === undefined ? undefined : repositoryOf(call, call.options.repo);
  const report = await openArchive(directory.root).verify({ date, repo });
  if (call.output.options.json) await call.output.json(report);
  else await call.output.print(...verifyLines(report, call.output.colour, date));
  if (repo !== undefined && !isWitness(repo, report)) {
    call.output.warn(`no anchor of this collector was found in ${printable(repo)}: it is no witness of anything here`);
  }
  return report.ok ? EXIT.done : EXIT.notIntact;
}

/** Whether an anchor lies in that repository, which `repo` may be any folder of. */
function isWitness(repo: string, { anchors = [] }: VerifyReport): boolean {
  const folder = realpathSync(repo);
  return anchors.some((anchor) => anchor.exists && `${folder}${sep}`.startsWith(`${resolve(anchor.repo)}${sep}`));
}
