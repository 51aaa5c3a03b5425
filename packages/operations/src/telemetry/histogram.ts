/** Of 64 equal parts from one power of two to the next: a value is known to within 0.8 %. */
const PARTS = 64;
const EXACT_BELOW = 2 * PARTS;
/** Over an hour: no call lasts longer. */
const MOST_US = 0xffff_ffff;

/** How often which time was taken, in microseconds. Two of them can be added, so that a quantile of any span of time is known to
 *  within 0.8 %, however many calls it holds. */
export class Histogram {
  readonly #counts: Map<number, number>;

  /** `pairs`: as `pairs` gives them. */
  constructor(pairs: readonly number[] = []) {
    this.#counts = new Map();
    for (let at = 0; at + 1 < pairs.length; at += 2) this.#count(pairs[at] ?? 0, pairs[at + 1] ?? 0);
  }

  /** Place and count in turn, places rising. */
  get pairs(): number[] {
    return [...this.#counts].toSorted(([a], [b]) => a - b).flat();
  }

  add(us: number): void {
    this.#count(placeOf(us), 1);
  }

  merge(other: Histogram): void {
    for (const [place, count] of other.#counts) this.#count(place, count);
  }

  /** The smallest time that this share of them did not exceed; null when there is none. */
  quantile(share: number): number | null {
    const places = [...this.#counts].toSorted(([a], [b]) => a - b);
    let left = Math.ceil(share * places.reduce((sum, [, count]) => sum + count, 0));
    for (const [place, count] of places) {
      left -= count;
      if (left <= 0) return middleOf(place);
    }
    return null;
  }

  #count(place: number, times: number): void {
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + times);
  }
}

function placeOf(us: number): number {
  const value = Math.min(MOST_US, Math.max(0, Math.round(us)));
  if (value < EXACT_BELOW) return value;
  const octave = 25 - Math.clz32(value);
  return octave * PARTS + (value >>> octave);
}

function middleOf(place: number): number {
  if (place < EXACT_BELOW) return place;
  const octave = Math.floor(place / PARTS) - 1;
  return (place - octave * PARTS + 0.5) * 2 ** octave - 0.5;
}
