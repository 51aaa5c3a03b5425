import { holderOf, openArchive } from "@mimolo/operations/reading";
import { type EvidenceRecord, nearestName } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { dataDirOf } from "../place.ts";
import { printable } from "../present/width.ts";

/** What to warn of where a label is neither an agent's of the running collector nor in any record; `null` where it is known, or where
 *  there is nothing yet to know it from. For whoever found nothing under it, which is no error: all evidence is read. */
export async function unknownLabel(
  call: Pick<Call, "options" | "surroundings">,
  label: string,
): Promise<string | null> {
  const running = await runningLabels(call);
  if (running === null || running.includes(label)) return null;
  const recorded = await recordedLabels(dataDirOf(call));
  if (recorded.has(label)) return null;
  const labels = [...new Set([...running, ...recorded])];
  if (labels.length === 0) return null;
  const nearest = nearestName(label, labels);
  const meant = nearest === undefined ? "" : `did you mean "${nearest}"? `;
  // Labels of imports are anybody's words.
  return printable(`there is no agent "${label}"; ${meant}agents here: ${labels.join(", ")}`);
}

/** `null` where a collector runs that does not answer, as while it starts. */
async function runningLabels(call: Pick<Call, "options" | "surroundings">): Promise<string[] | null> {
  const client = await clientIfRunning(call);
  if (client === null) return holderOf(dataDirOf(call)) === null ? [] : null;
  const status = await client.get("/status").catch(() => null);
  return status?.agents.map(({ label }) => label) ?? null;
}

async function recordedLabels(dataDir: string): Promise<Set<string>> {
  const labels = new Set<string>();
  for await (const records of openArchive(dataDir).commits()) {
    for (const record of records) {
      const label = labelOf(record);
      if (label !== undefined) labels.add(label);
    }
  }
  return labels;
}

function labelOf(record: EvidenceRecord): string | undefined {
  if (record.kind === "import") return record.data.label;
  if (record.kind === "aggregate") return record.data.agent_label;
  return "agent_label" in record ? record.agent_label : undefined;
}
