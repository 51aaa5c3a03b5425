import type { Segment } from "@mimolo/protocol";
import type { CollectorFigures } from "./api/metrics/collector-figures.ts";
import type { Journal } from "./journal/journal.ts";
import { type LocalNow, partsOfTime } from "./telemetry/parts-of-time.ts";

/** How far the evidence is, and what of it is work of the local day. */
export function collectorFigures(
  journal: Pick<Journal, "records" | "snapshot"> & {
    readonly ledger: Pick<Journal["ledger"], "committedSeq" | "uncommittedBytes">;
  },
  local: LocalNow,
): CollectorFigures {
  const { segments, open } = journal.snapshot();
  const fromMs = partsOfTime(local, "day")(local.nowMs);
  const all = open === null ? segments : [...segments, open];
  const worked = (confidence: Segment["confidence"]) =>
    all.reduce((sum, segment) => sum + (segment.confidence === confidence ? workedSince(fromMs, segment) : 0), 0);
  return {
    records: journal.records,
    committedSeq: journal.ledger.committedSeq,
    uncommittedBytes: journal.ledger.uncommittedBytes,
    workedTodayMs: { observed: worked("observed"), reconstructed: worked("reconstructed") },
    isAtWork: open !== null,
  };
}

/** Without its gaps. */
function workedSince(fromMs: number, { start, end, gaps }: Segment): number {
  const endMs = Date.parse(end);
  if (endMs <= fromMs) return 0;
  const since = (from: string, toMs: number) => Math.max(0, toMs - Math.max(fromMs, Date.parse(from)));
  return Math.max(0, since(start, endMs) - gaps.reduce((sum, gap) => sum + since(gap.from, Date.parse(gap.to)), 0));
}
