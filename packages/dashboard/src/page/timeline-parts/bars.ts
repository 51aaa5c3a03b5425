// The geometry of a ribbon: what lies closer together than the eye can tell becomes one bar, so that a drawing never has more
// bars than pixels, however many records there are.
import type { Scale } from "./scale.ts";
import type { Stretch } from "./stretch.ts";

/** From `x` to `x + width`, pixels; stands for the items `first` to `last`. */
export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly first: number;
  readonly last: number;
}

/** Bars of sorted stretches, from left to right, none narrower than `leastPx`; what the screen does not show is left out. */
export function barsOf(sorted: readonly Stretch[], scale: Scale, leastPx = 1): Bar[] {
  const bars: { x: number; width: number; first: number; last: number }[] = [];
  for (let index = firstToSee(sorted, scale.stretch.fromMs); index < sorted.length; index++) {
    const { fromMs, toMs } = sorted[index] as Stretch;
    if (fromMs >= scale.stretch.toMs) break;
    if (toMs < scale.stretch.fromMs) continue;
    // A little beyond the edge, so that rounded ends do not show there.
    const x = Math.max(-8, scale.x(fromMs));
    const end = Math.max(x + leastPx, Math.min(scale.widthPx + 8, scale.x(toMs)));
    const before = bars.at(-1);
    if (before !== undefined && x - (before.x + before.width) < 0.5) {
      before.width = Math.max(before.width, end - before.x);
      before.last = index;
    } else {
      bars.push({ x, width: end - x, first: index, last: index });
    }
  }
  return bars;
}

/** The items of each kind, in their order. */
export function kindsOf<Item extends { readonly kind: string }>(
  items: readonly Item[],
): Partial<Record<Item["kind"], readonly Item[]>> {
  const kinds: Partial<Record<string, Item[]>> = {};
  for (const item of items) (kinds[item.kind] ??= []).push(item);
  return kinds;
}

/** The bars as one SVG path between `top` and `top + height`; corners are round where there is room for it. */
export function barPath(bars: readonly Bar[], top: number, height: number, radius = 0): string {
  const parts: string[] = [];
  for (const { x, width } of bars) {
    const [left, w] = [round(x), round(width)];
    const r = Math.min(radius, width / 2, height / 2);
    if (r < 1) {
      parts.push(`M${left} ${top}h${w}v${height}h${-w}z`);
    } else {
      const [straight, side, c] = [round(width - 2 * r), height - 2 * r, round(r)];
      parts.push(
        `M${round(x + r)} ${top}h${straight}a${c} ${c} 0 0 1 ${c} ${c}v${side}a${c} ${c} 0 0 1 ${-c} ${c}` +
          `h${-straight}a${c} ${c} 0 0 1 ${-c} ${-c}v${-side}a${c} ${c} 0 0 1 ${c} ${-c}z`,
      );
    }
  }
  return parts.join("");
}

/** Index of an item at that moment, else of the nearest one within `toleranceMs`; -1: there is none. */
export function itemAt(sorted: readonly Stretch[], atMs: number, toleranceMs = 0): number {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = firstToSee(sorted, atMs - toleranceMs); index < sorted.length; index++) {
    const { fromMs, toMs } = sorted[index] as Stretch;
    if (fromMs > atMs + toleranceMs) break;
    const away = Math.max(fromMs - atMs, atMs - toMs, 0);
    if (away <= toleranceMs && away < least) [found, least] = [index, away];
  }
  return found;
}

/** Index of the first item that may end at or after `atMs`: none of a ribbon covers more than its neighbours. */
function firstToSee(sorted: readonly Stretch[], atMs: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Stretch).toMs < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
