import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import type { ArtifactOptions } from "./artifact-options.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { sizeText } from "../present/size.ts";
import { printable } from "../present/width.ts";

/** `mimolo artifacts archive LABEL ID…`: by the agent that keeps them. */
export async function archive(call: Call<ArtifactOptions>, [label = "", ...ids]: readonly string[]): Promise<ExitCode> {
  const client = await clientOf(call);
  const report = await client.post("/artifacts/archive", { body: { label, artifact_ids: ids } });
  const { archive_id: id, artifact_ids: archived, bytes } = report;
  if (call.output.options.json) await call.output.json(report);
  else {
    call.output.note(
      `${archived.length} of ${label}, ${sizeText(bytes)}, are in the archive ${printable(id)}.`,
      `  mimolo artifacts restore ${label} ${printable(id)} takes them out again.`,
    );
  }
  return EXIT.done;
}
