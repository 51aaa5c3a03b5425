import { type Pair, summarize, verdict } from "./statistics.ts";

/** What is measured, and what it should come to. */
export interface FigureSpec {
  readonly unit: string;
  readonly target: number;
  /** What the target is set for: the ratio over the baseline, or the value itself. */
  readonly targetOf: "ratio" | "value";
  /** Whether more is better: the target is then the least. Default: the most. */
  readonly atLeast?: true;
  /** What the value is, as the subject of a sentence. */
  readonly what: string;
}

/** One figure of `mimolo bench --json`. Numbers are `null` when nothing was measured, and `why` says why. */
export interface Figure {
  readonly value: number | null;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly target: number;
  readonly spread: number | null;
  /** `null`: the control moved by more than a fifth, or nothing was measured. */
  readonly ok: boolean | null;
  readonly target_of: "ratio" | "value";
  readonly why?: string;
  /** Further measurements of the same rounds, by name. */
  readonly more?: Readonly<Record<string, number>>;
}

/** The rounds of one figure. */
export interface Rounds {
  readonly pairs: readonly Pair[];
  /** Instead of the median, where a mean over all rounds is the honest number. */
  readonly value?: number;
  readonly more?: Readonly<Record<string, number>>;
  /** False when something else that the target names was missed. */
  readonly kept?: boolean;
}

/** The figure that `rounds` come to. */
export function figureOf({ unit, target, targetOf, atLeast }: FigureSpec, rounds: Rounds): Figure {
  const summary = summarize(rounds.pairs);
  const value = rounds.value ?? summary.value;
  const measured = targetOf === "ratio" ? summary.ratio : value;
  const isKept = atLeast === true ? measured >= target : measured <= target;
  const kept = verdict(isKept, summary.spread);
  return {
    value: rounded(value),
    unit,
    baseline: rounded(summary.baseline),
    ratio: rounded(summary.ratio),
    target,
    spread: rounded(summary.spread),
    ok: kept === true && rounds.kept === false ? false : kept,
    target_of: targetOf,
    ...(kept === null ? { why: "the control moved by more than a fifth" } : {}),
    ...(rounds.more === undefined ? {} : { more: roundedAll(rounds.more) }),
  };
}

/** A figure without numbers, and why. */
export function unmeasured({ unit, target, targetOf }: FigureSpec, why: string): Figure {
  const nothing = { value: null, unit, baseline: null, ratio: null, target, spread: null, ok: null };
  return { ...nothing, target_of: targetOf, why };
}

function roundedAll(numbers: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, rounded(number)]));
}

function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
