import type { EvidenceRecord } from "@mimolo/protocol";
import { LiveTimeline } from "./live.ts";
import type { Timeline } from "./timeline.ts";

/** The timeline of a set of records, in whatever order they come, as it stands at `nowMs`. Reads nothing but the records. */
export function foldTimeline(
  records: Iterable<EvidenceRecord>,
  options: { readonly collectorId: string; readonly nowMs: number },
): Timeline {
  const timeline = new LiveTimeline(options);
  timeline.load(records);
  return timeline.snapshot(options.nowMs);
}
