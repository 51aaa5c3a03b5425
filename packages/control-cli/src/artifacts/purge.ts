import type { PurgePlan } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import type { ArtifactOptions } from "./artifact-options.ts";
import { canAsk, confirmed, noTerminal } from "../consent/ask.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { parseTime } from "../parse/time.ts";
import { planLines, purgedLines } from "../present/artifacts.ts";
import { sizeText } from "../present/size.ts";
import { offerArchive } from "./offer-archive.ts";

/** `mimolo artifacts purge`: shows what would go, offers an archive, asks, deletes. Exit code 1 when something stayed that was to go. */
export async function purge(call: Call<ArtifactOptions>, ids: readonly string[]): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const { label, before, retention, why, dryRun = false } = options;
  const body = {
    label,
    artifact_ids: ids.length === 0 ? undefined : [...ids],
    before:
      before === undefined ? undefined : new Date(parseTime(before, surroundings.nowMs(), "--before")).toISOString(),
    retention_class: retention,
    reason: why,
  };
  if ([label, before, retention].every((given) => given === undefined) && ids.length === 0) throw unsaid();
  if (!dryRun) demandAnswers(call);
  const client = await clientOf(call);
  const plan = await client.post("/artifacts/purge/plan", { body });
  if (!output.options.json) output.note(...planLines(plan, output.colour));
  for (const warning of plan.warnings) output.warn(warning);
  if (dryRun || plan.artifacts.length === 0) {
    if (output.options.json) await output.json(dryRun ? plan : nothing(plan));
    return EXIT.done;
  }
  const archive = await consent(call, plan);
  if (archive === null) {
    output.note("Nothing was purged.");
    return EXIT.interrupted;
  }
  const report = await client.post("/artifacts/purge/execute", {
    body: { plan_id: plan.plan_id, consent: true, archive },
  });
  if (output.options.json) await output.json(report);
  else output.note(...purgedLines(report));
  for (const { artifact_id: id, reason } of report.kept) output.warn(`${id} stays: ${reason}`);
  return report.kept.length === 0 ? EXIT.done : EXIT.failed;
}

/** Whether to archive first; `null`: nothing is to be purged. */
async function consent(call: Call<ArtifactOptions>, plan: PurgePlan): Promise<boolean | null> {
  const { archive, yes } = call.options;
  const answer = archive ?? (await offerArchive(plan));
  if (answer === null || yes === true) return answer;
  const how = answer ? "into archives first" : "without an archive";
  const what = `${plan.artifacts.length} artifacts, ${sizeText(plan.bytes)}`;
  return (await confirmed(`Purge ${what}, ${how}? Their references and tombstones stay.`)) ? answer : null;
}

/** Where nobody can be asked, both answers have to be there. */
function demandAnswers(call: Call<ArtifactOptions>): void {
  const { archive, yes } = call.options;
  if ((yes === true && archive !== undefined) || canAsk(call)) return;
  const hint =
    "Say both: --yes, and --archive (the agents put it all into archives first) or --no-archive. --dry-run only shows the plan.";
  throw noTerminal("whether to purge, and whether to archive first", hint);
}

function unsaid(): CliError {
  const hint = "Name them, or say --label, --before or --retention: mimolo artifacts purge --label screen --dry-run";
  return new CliError("usage", EXIT.usage, "which artifacts are to be purged?", hint);
}

function nothing({ plan_id: planId }: PurgePlan) {
  return { plan_id: planId, purged: [], bytes: 0, archive_ids: [], kept: [] };
}
