import { anchorGit, openArchive } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { dataDirOf, repositoryOf } from "../place.ts";
import { printable } from "../present/width.ts";

export interface AnchorOptions {
  readonly repo?: string;
}

/** `mimolo anchor git`: the head of the ledger into an empty commit of a repository. A broken ledger is not anchored. */
export async function anchor(call: Call<AnchorOptions>): Promise<ExitCode> {
  const { output, surroundings } = call;
  const dataDir = dataDirOf(call);
  const repo = repositoryOf(call, call.options.repo ?? ".");
  const client = await clientIfRunning(call);
  // With a collector at work this also commits what it has gathered so far.
  const verified = client === null ? await openArchive(dataDir).verify() : await client.post("/verify");
  if (!verified.ok) {
    throw new CliError(
      "evidence-not-intact",
      EXIT.notIntact,
      "the evidence is not what was written, and nobody should vouch for that",
      "`mimolo verify` names the place.",
    );
  }
  const report = await anchorGit(dataDir, { repo, nowMs: surroundings.nowMs() });
  if (output.options.json) {
    await output.json(report);
    return EXIT.done;
  }
  const { n, commit, already } = report;
  const where = `${commit.slice(0, 12)} in ${printable(report.repo)}`;
  if (already) output.note(`Commit ${n} of the evidence is anchored already, by ${where}.`);
  else {
    output.note(
      `Anchored commit ${n} of the evidence: ${where}.`,
      "  It fixes everything up to here once somebody else has that commit: git push.",
    );
  }
  return EXIT.done;
}
