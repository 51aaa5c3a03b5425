import type { EvidenceRecord, TimelineReport } from "@mimolo/protocol";
import { eventTimeOf } from "@mimolo/evidence";

/** The ids of the segments in whose time a record stands. */
export function segmentsAround({ segments, open }: TimelineReport, record: EvidenceRecord): ReadonlySet<string> {
  const time = eventTimeOf(record);
  if (time === null) return new Set();
  const all = [...segments, ...(open === null ? [] : [open])];
  const around = all.filter(({ start, end }) => Date.parse(start) <= time.endMs && Date.parse(end) >= time.startMs);
  return new Set(around.map(({ id }) => id));
}
