// Texts beside a ribbon must not cover each other: each gets the first row that has room.

export interface Placed {
  readonly x: number;
  readonly width: number;
}

/** The row of each item, in order of `x`; -1 for one that no row of `rows` has room for. */
export function rowsOf(items: readonly Placed[], rows: number, gapPx = 8): number[] {
  const free: number[] = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY);
  return items.map(({ x, width }) => {
    const row = free.findIndex((endsAt) => endsAt <= x);
    if (row >= 0) free[row] = x + width + gapPx;
    return row;
  });
}
