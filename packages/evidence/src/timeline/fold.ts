import type { PolicyAt } from "../policy.ts";
import { closesBetween, type Gap } from "./gaps.ts";
import type { Interval } from "./intervals.ts";
import type { Span } from "./spans.ts";

/** Work without a pause longer than the cooldown: a segment before corrections. Its spans are resetting, in fold order. */
export interface Stretch extends Interval {
  spans: Span[];
  endMs: number;
  /** The last moment at which something resetting still belongs to it. */
  deadlineMs: number;
}

/** What the fold knows beside the spans. */
export interface FoldRules {
  readonly policyAt: PolicyAt;
  /** Gaps that end a segment and touch the range, sorted by start. */
  closingGaps(fromMs: number, toMs: number): readonly Gap[];
}

/** IDLE → ACTIVE: a span opens a stretch. */
export function open(span: Span, rules: FoldRules): Stretch {
  const { startMs, endMs } = span;
  return { spans: [span], startMs, endMs, deadlineMs: deadlineAfter(endMs, rules) };
}

/** ACTIVE → ACTIVE, or `false` when the cooldown or a closing gap ended the stretch before the span began. */
export function extend(stretch: Stretch, span: Span, rules: FoldRules): boolean {
  if (!joins(stretch, span.startMs, rules)) return false;
  stretch.spans.push(span);
  reach(stretch, span.endMs, rules);
  return true;
}

/** True when something resetting at `startMs` still belongs to the stretch. */
export function joins(stretch: Stretch, startMs: number, rules: FoldRules): boolean {
  if (startMs > stretch.deadlineMs) return false;
  if (startMs <= stretch.endMs) return true;
  return !closesBetween(stretch.endMs, startMs, rules.closingGaps(stretch.endMs, startMs));
}

/** Lets the stretch last until `endMs` at least. */
export function reach(stretch: Stretch, endMs: number, rules: FoldRules): void {
  if (endMs <= stretch.endMs) return;
  stretch.endMs = endMs;
  stretch.deadlineMs = deadlineAfter(endMs, rules);
}

/** The whole fold: resetting spans, already cut and in order, to stretches in order. */
export function foldSpans(spans: Iterable<Span>, rules: FoldRules): Stretch[] {
  const stretches: Stretch[] = [];
  let current: Stretch | undefined;
  for (const span of spans) {
    if (current !== undefined && extend(current, span, rules)) continue;
    current = open(span, rules);
    stretches.push(current);
  }
  return stretches;
}

function deadlineAfter(endMs: number, rules: FoldRules): number {
  return endMs + rules.policyAt(endMs).cooldownMs;
}
