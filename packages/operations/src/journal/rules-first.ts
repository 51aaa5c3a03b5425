import type { EvidenceRecord } from "@mimolo/protocol";
import { readEvidence } from "@mimolo/evidence";

/** All committed records, those first that say how the others are to be read: policies, gaps, corrections, erasures. */
export async function* rulesFirst(directory: string): AsyncGenerator<EvidenceRecord> {
  for await (const { record } of readEvidence(directory)) if (isRule(record)) yield record;
  for await (const { record } of readEvidence(directory)) if (!isRule(record)) yield record;
}

function isRule({ kind }: EvidenceRecord): boolean {
  return kind !== "message" && kind !== "import";
}
