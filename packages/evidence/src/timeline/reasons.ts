/** A segment names so many reasons at most, those that came up first: an agent may put anything into them. */
export const MOST_REASONS = 1000;

/** Notes when a reason came up; forgets those that can no longer be among the first. */
export function noteReason(reasons: Map<string, number>, reason: string, atMs: number): void {
  const known = reasons.get(reason);
  if (known !== undefined && known <= atMs) return;
  reasons.set(reason, atMs);
  if (reasons.size <= 2 * MOST_REASONS) return;
  const first = firstReasons(reasons);
  reasons.clear();
  for (const [one, oneMs] of first) reasons.set(one, oneMs);
}

/** The first reasons, in the order in which they came up. */
export function firstReasons(reasons: ReadonlyMap<string, number>): [string, number][] {
  return [...reasons].toSorted(([a, aMs], [b, bMs]) => aMs - bMs || (a < b ? -1 : 1)).slice(0, MOST_REASONS);
}
