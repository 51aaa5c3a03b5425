// A range of time is read from its end to its begin, slice by slice, so that the newest records stand there first.

/** Half-open, milliseconds since the epoch. */
export interface Slice {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A slice that was read, with how many records it brought. */
export interface ReadSlice extends Slice {
  readonly records: number;
}

const FIRST_MS = 10 * 60_000;
const SHORTEST_MS = 60_000;
const LONGEST_MS = 400 * 86_400_000;
/** About so many records are worth a question. */
const WORTHWHILE = 500;

/** The slice before `last`, or the last one of the range; `null` when the range is read. Where there is little, slices grow. */
export function sliceBefore(range: Slice, last: ReadSlice | null): Slice | null {
  const toMs = last === null ? range.toMs : last.fromMs;
  if (toMs <= range.fromMs) return null;
  const lengthMs = last === null ? FIRST_MS : next(last);
  return { fromMs: Math.max(range.fromMs, toMs - lengthMs), toMs };
}

function next({ fromMs, toMs, records }: ReadSlice): number {
  const factor = records === 0 ? 8 : Math.min(8, Math.max(1 / 4, WORTHWHILE / records));
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (toMs - fromMs) * factor));
}
