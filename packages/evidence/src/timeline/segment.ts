import type { Segment, SegmentGap } from "@mimolo/protocol";
import type { PolicyAt } from "../policy.ts";
import { type AggregateBook, groupsOf, type ItemGroup } from "./aggregate.ts";
import { type Piece, pieceOf } from "./corrections.ts";
import type { Stretch } from "./fold.ts";
import { type Gap, givesWay } from "./gaps.ts";
import { coveredMs, type Interval, type IntervalList, meets, subtract } from "./intervals.ts";
import type { Marks } from "./marks.ts";
import type { Span } from "./spans.ts";
import { Tally } from "./tally.ts";

/** What a segment is described from, beside its piece. */
export interface SegmentFacts {
  readonly collectorId: string;
  /** Spans that never open or extend anything. */
  readonly witnesses: IntervalList<Span>;
  /** What is left of witnesses that were condensed. */
  readonly marks: Marks;
  /** Gaps of the collector itself. */
  readonly gaps: IntervalList<Gap>;
  readonly aggregates: AggregateBook;
  readonly policyAt: PolicyAt;
}

/** A segment with what it was made from. */
export interface Described extends Interval {
  readonly piece: Piece;
  readonly tally: Tally;
  readonly segment: Segment;
  /** Less work than the policy at its end wants: left out unless it is open. */
  readonly isTooShort: boolean;
}

/** Describes a piece from its spans and the witnesses inside it. */
export function describe(piece: Piece, facts: SegmentFacts): Described {
  const tally = new Tally();
  for (const span of workOf(piece)) tally.work(span);
  for (const span of facts.witnesses.touching(piece.startMs, piece.endMs)) {
    if (meets(span, piece)) tally.witness(span);
  }
  for (const label of facts.marks.labelsIn(piece, tally.knows)) tally.name(label);
  return withTally(piece, tally, facts);
}

/** The same segment after its stretch took one more span in; costs what is new, not what is old. */
export function grow(old: Described, stretch: Stretch, span: Span, facts: SegmentFacts): Described {
  const piece = pieceOf(stretch);
  // A moment that becomes a stretch loses the witnesses that ended just then.
  if (old.startMs === old.endMs) return describe(piece, facts);
  const before = old.tally.events.length;
  old.tally.work(span);
  if (piece.endMs > old.endMs) {
    for (const witness of facts.witnesses.touching(old.endMs, piece.endMs)) {
      if (meets(witness, piece) && !meets(witness, old)) old.tally.witness(witness);
    }
    for (const label of facts.marks.labelsIn(piece, old.tally.knows)) old.tally.name(label);
  }
  const same = old.tally.events.length === before ? old.segment.aggregated : undefined;
  return withTally(piece, old.tally, facts, same);
}

/** The same segment with one more span inside that changes nothing; itself when it looks the same. */
export function witnessed(old: Described, span: Span, facts: SegmentFacts): Described {
  return meets(span, old) && old.tally.witness(span) ? withTally(old.piece, old.tally, facts) : old;
}

/** The segment as files and the API show it; `aggregated` where it is known already. */
export function withTally(
  piece: Piece,
  tally: Tally,
  facts: SegmentFacts,
  aggregated = aggregatedOf(groupsOf(tally.events), facts.aggregates),
): Described {
  const gaps = gapsIn(piece, facts.gaps);
  const lostMs = gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0);
  const workMs = piece.endMs - piece.startMs - lostMs;
  const segment: Segment = {
    id: `${facts.collectorId}:${piece.openedBy}`,
    start: new Date(piece.startMs).toISOString(),
    end: new Date(piece.endMs).toISOString(),
    duration_s: workMs / 1000,
    resets_count: tally.resets,
    labels: tally.labels,
    reasons: [...new Set([...tally.reasons, ...notesOf(piece)])],
    aggregated,
    gaps: gaps.map(gapShown),
    confidence: tally.reconstructed || isClaimed(piece) ? "reconstructed" : "observed",
  };
  const isTooShort = workMs < facts.policyAt(piece.endMs).minimumSegmentMs;
  return { piece, tally, segment, startMs: piece.startMs, endMs: piece.endMs, isTooShort };
}

function notesOf(piece: Piece): string[] {
  const claims = piece.claims.toSorted((a, b) => a.seq - b.seq);
  return claims.map(({ note }) => note).filter((note) => note !== "");
}

function workOf(piece: Piece): readonly Span[] {
  const [only, ...more] = piece.stretches;
  if (only !== undefined && more.length === 0 && sameTime(only, piece)) return only.spans;
  return piece.stretches.flatMap((stretch) => stretch.spans).filter((span) => meets(span, piece));
}

// Entries, not assignments: `__proto__` is a valid label.
function aggregatedOf(groups: readonly ItemGroup[], aggregates: AggregateBook): Segment["aggregated"] {
  const byLabel = new Map<string, [string, unknown][]>();
  for (const group of groups) {
    const entries = byLabel.get(group.agent_label) ?? [];
    byLabel.set(group.agent_label, [...entries, [group.header, aggregates.valueOf(group)]]);
  }
  return Object.fromEntries([...byLabel].map(([label, entries]) => [label, Object.fromEntries(entries)]));
}

// What duration_s leaves out: the collector's own gaps without the time that somebody answers for, each moment once.
function gapsIn(piece: Piece, gaps: IntervalList<Gap>): (Interval & { reason: string })[] {
  const found = gaps.touching(piece.startMs, piece.endMs);
  if (found.length === 0) return [];
  const shown: (Interval & { reason: string })[] = [];
  for (const gap of found) {
    const inside = { startMs: Math.max(gap.startMs, piece.startMs), endMs: Math.min(gap.endMs, piece.endMs) };
    const told = gap.reason === "collector-down" ? workOf(piece).filter((span) => tellsOf(span, gap)) : [];
    const answered = [...piece.claims, ...told, ...shown];
    const rest = subtract(
      inside,
      answered.toSorted((a, b) => a.startMs - b.startMs),
    );
    shown.push(...rest.map((part) => ({ ...part, reason: gap.reason })));
  }
  return shown.toSorted((a, b) => a.startMs - b.startMs);
}

function tellsOf(span: Span, gap: Gap): boolean {
  return span.startMs < gap.endMs && span.endMs > gap.startMs && givesWay(gap, span);
}

function gapShown(gap: Interval & { reason: string }): SegmentGap {
  return { from: new Date(gap.startMs).toISOString(), to: new Date(gap.endMs).toISOString(), reason: gap.reason };
}

// Time that only a correction calls work was observed by nobody.
function isClaimed(piece: Piece): boolean {
  if (piece.claims.length === 0) return false;
  return coveredMs(piece, piece.stretches) < piece.endMs - piece.startMs;
}

function sameTime(a: Interval, b: Interval): boolean {
  return a.startMs === b.startMs && a.endMs === b.endMs;
}
