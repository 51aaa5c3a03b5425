import type { EvidenceRecord } from "@mimolo/protocol";
import { objectOf, textOf, timeOf } from "../loose.ts";
import type { PolicyAt } from "../policy.ts";
import { type Interval, subtract } from "./intervals.ts";
import type { Span } from "./spans.ts";

/** Time nobody observed: by anyone (no instance) or by one agent. */
export interface Gap extends Interval {
  readonly seq: number;
  readonly reason: string;
  /** `null`: the collector itself was down, asleep or stalled. */
  readonly instanceId: string | null;
  readonly label: string | null;
}

/** The gap in a record; `null` for other kinds and for one that ends before it begins. */
export function gapOf(record: EvidenceRecord): Gap | null {
  if (record.kind !== "gap") return null;
  const data = objectOf(record.data) ?? {};
  const startMs = timeOf(data["from"]);
  const endMs = timeOf(data["to"]);
  if (startMs === null || endMs === null || endMs < startMs) return null;
  return {
    seq: record.seq,
    startMs,
    endMs,
    reason: textOf(data["reason"]) ?? "",
    instanceId: record.instance_id ?? null,
    label: record.agent_label ?? null,
  };
}

/** True when no segment lasts across it: it has no instance and is longer than the cooldown at its start. */
export function closes(gap: Gap, policyAt: PolicyAt): boolean {
  return gap.instanceId === null && gap.endMs - gap.startMs > policyAt(gap.startMs).cooldownMs;
}

/** While the collector is down nobody looks, so it gives way to who tells of that time: imports, and what an agent stamped
 *  inside it. A suspend or a stall gives way to nobody. */
export function givesWay(gap: Gap, span: Span): boolean {
  return gap.reason === "collector-down" && (span.source.kind === "import" || span.source.atMs <= gap.endMs);
}

/** What is left of a span without the closing gaps (sorted by start); itself where there are none. */
export function cut(span: Span, closing: readonly Gap[]): Span[] {
  const holes = closing.filter((gap) => !givesWay(gap, span));
  if (holes.length === 0) return [span];
  if (span.startMs === span.endMs) {
    return holes.some((gap) => gap.startMs < span.startMs && span.endMs < gap.endMs) ? [] : [span];
  }
  return subtract(span, holes).map((part, index) => {
    const by = index === 0 ? undefined : holes.find((gap) => gap.endMs === part.startMs);
    return { ...span, ...part, cutBy: by === undefined ? null : firstSeq(holes, by) };
  });
}

/** True when the silence between two spans crosses the border of a closing gap. */
export function closesBetween(endMs: number, startMs: number, closing: readonly Gap[]): boolean {
  return closing.some(
    (gap) =>
      gap.startMs < startMs && gap.endMs > endMs && endMs < startMs && (gap.startMs >= endMs || gap.endMs <= startMs),
  );
}

function firstSeq(gaps: readonly Gap[], like: Gap): number {
  return Math.min(...gaps.filter((gap) => gap.endMs === like.endMs).map((gap) => gap.seq));
}
