/** Something that lasts from `startMs` to `endMs`; a moment has both equal. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** True when the two share time, or one is a moment that lies in the other, borders included. */
export function meets(a: Interval, b: Interval): boolean {
  const shared = Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
  return shared > 0 || (shared === 0 && (a.startMs === a.endMs || b.startMs === b.endMs));
}

/** What is left of `from` without `holes` (sorted by start). A remainder without length is dropped. */
export function subtract(from: Interval, holes: readonly Interval[]): Interval[] {
  const rest: Interval[] = [];
  let startMs = from.startMs;
  for (const hole of holes) {
    if (hole.endMs <= startMs || hole.startMs >= from.endMs || hole.startMs === hole.endMs) continue;
    if (hole.startMs > startMs) rest.push({ startMs, endMs: hole.startMs });
    startMs = Math.max(startMs, hole.endMs);
  }
  if (startMs < from.endMs) rest.push({ startMs, endMs: from.endMs });
  return rest;
}

/** The time `parts` cover inside `within`, each moment counted once. `parts` are sorted by start. */
export function coveredMs(within: Interval, parts: readonly Interval[]): number {
  let total = 0;
  let reachedMs = within.startMs;
  for (const part of parts) {
    const startMs = Math.max(part.startMs, reachedMs);
    const endMs = Math.min(part.endMs, within.endMs);
    if (endMs <= startMs) continue;
    total += endMs - startMs;
    reachedMs = endMs;
  }
  return total;
}

/** Intervals by start, of equal starts by record number; finds those that touch a range without walking all. */
export class IntervalList<T extends Interval> {
  #items: T[] = [];
  readonly #seqOf: (item: T) => number;
  #longestMs = 0;

  constructor(seqOf: (item: T) => number) {
    this.#seqOf = seqOf;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  add(item: T): void {
    this.#longestMs = Math.max(this.#longestMs, item.endMs - item.startMs);
    insertSorted(this.#items, item, this.#compare);
  }

  /** False when no item has that record number. */
  remove(seq: number): boolean {
    const count = this.#items.length;
    this.#items = this.#items.filter((item) => this.#seqOf(item) !== seq);
    return this.#items.length < count;
  }

  /** Takes out all that `gone` says, at the cost of one walk. */
  removeAll(gone: (item: T) => boolean): void {
    const before = this.#items;
    this.#items = before.filter((item) => !gone(item));
    emptied(before);
  }

  /** Those with `startMs <= toMs` and `endMs >= fromMs`, in order. */
  touching(fromMs: number, toMs: number): T[] {
    const found: T[] = [];
    const first = lowerBound(this.#items, (item) => item.startMs < fromMs - this.#longestMs);
    for (let at = first; at < this.#items.length; at += 1) {
      const item = this.#items[at];
      if (item === undefined || item.startMs > toMs) break;
      if (item.endMs >= fromMs) found.push(item);
    }
    return found;
  }

  readonly #compare = (a: T, b: T): number => a.startMs - b.startMs || this.#seqOf(a) - this.#seqOf(b);
}

/** The first index whose item is not `before`; `items` hold all that are `before` first. */
export function lowerBound<T>(items: readonly T[], before: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && before(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts `item` at its place, behind its equals, and says where that is. What comes in order costs one comparison. */
export function insertSorted<T>(items: T[], item: T, compare: (a: T, b: T) => number): number {
  const last = items.at(-1);
  if (last === undefined || compare(last, item) <= 0) return items.push(item) - 1;
  const at = lowerBound(items, (other) => compare(other, item) <= 0);
  items.splice(at, 0, item);
  return at;
}

/** Lets go of what a list held that is not needed any more. An old list, dead but not collected yet, would keep its young
 *  items alive until they are old themselves. */
export function emptied(list: unknown[]): void {
  list.length = 0;
}
