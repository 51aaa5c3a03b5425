import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import type { ArtifactOptions } from "./artifact-options.ts";
import { EXIT, type ExitCode } from "../error.ts";

/** `mimolo artifacts restore LABEL ARCHIVE`: by the agent that has the archive. */
export async function restore(
  call: Call<ArtifactOptions>,
  [label = "", archiveId = ""]: readonly string[],
): Promise<ExitCode> {
  const client = await clientOf(call);
  const report = await client.post("/artifacts/restore", { body: { label, archive_id: archiveId } });
  if (call.output.options.json) await call.output.json(report);
  else call.output.note(`${report.artifact_ids.length} of ${label} are back where they were.`);
  return EXIT.done;
}
