import type { EvidenceRecord } from "@mimolo/protocol";
import { type EvidenceFilter, openArchive } from "@mimolo/operations";

/** What lies in a data directory by now, collector or not. For those who wait: a `mimolo evidence` for each look costs a busy machine
 *  more than what is waited for. */
export async function evidenceOf(dataDir: string, filter: EvidenceFilter): Promise<EvidenceRecord[]> {
  const found: EvidenceRecord[] = [];
  for await (const { record } of openArchive(dataDir).evidence(filter)) found.push(record);
  return found;
}
