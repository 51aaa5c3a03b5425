/** One measurement beside that of its control, taken in the same round. */
export interface Pair {
  readonly value: number;
  readonly baseline: number;
}

/** What several rounds come to. */
export interface Summary {
  readonly value: number;
  readonly baseline: number;
  /** Median of each round's own ratio: what shakes the machine shakes both of a pair. */
  readonly ratio: number;
  /** How far the control itself moved: the middle half of its rounds over their median. */
  readonly spread: number;
}

/** Above this the control moved too much for its figure to say anything. */
export const LARGEST_SPREAD = 0.2;

/** Throws `RangeError` on no pairs. */
export function summarize(pairs: readonly Pair[]): Summary {
  const baselines = pairs.map(({ baseline }) => baseline);
  return {
    value: median(pairs.map(({ value }) => value)),
    baseline: median(baselines),
    ratio: median(pairs.map(({ value, baseline }) => value / baseline)),
    spread: spread(baselines),
  };
}

/** The number in the middle. Throws `RangeError` on none. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The number that `share` of all lie below, read between neighbours. Throws `RangeError` on none. */
export function quantile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) throw new RangeError("a quantile of nothing");
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle half of `numbers` over their median: 0 when all are alike. */
export function spread(numbers: readonly number[]): number {
  const middle = median(numbers);
  return middle === 0 ? 0 : (quantile(numbers, 0.75) - quantile(numbers, 0.25)) / Math.abs(middle);
}

/** Whether a target is kept; `null` when the control moved by more than a fifth, so that nothing can be said. */
export function verdict(kept: boolean, controlSpread: number): boolean | null {
  return controlSpread > LARGEST_SPREAD ? null : kept;
}
