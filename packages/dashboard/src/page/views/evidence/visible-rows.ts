// Which rows of a long list have to be there, by arithmetic alone: all are of one height.

export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
}

/** Half-open indices. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Rows beyond each edge, so that there is something when a wheel is turned. */
const BEYOND = 8;

export function visibleRows(count: number, { scrollTop, height, rowHeight }: Viewport): RowRange {
  const first = Math.min(count, Math.max(0, Math.floor(scrollTop / rowHeight) - BEYOND));
  const end = Math.min(count, Math.max(0, Math.ceil((scrollTop + height) / rowHeight) + BEYOND));
  // In even steps, so that most scrolling changes nothing.
  return { first: first - (first % 4), end: Math.min(count, end + (4 - (end % 4 || 4))) };
}

/** Where to scroll so that the row is whole in view; where it stands already, nowhere. */
export function scrollTopFor(index: number, { scrollTop, height, rowHeight }: Viewport): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
  return scrollTop;
}

/** Where a key leads from row `index`; `null`: this key leads nowhere. */
export function rowAfterKey(key: string, index: number, count: number, { height, rowHeight }: Viewport): number | null {
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const wanted = steps[key];
  if (wanted === undefined || count === 0) return null;
  return Math.min(count - 1, Math.max(0, wanted));
}
