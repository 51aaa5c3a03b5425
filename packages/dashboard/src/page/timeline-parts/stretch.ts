// A stretch of time that is looked at, and the ways to look at another one.

/** Half-open, milliseconds since the Unix epoch. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How near and how far one may look, and between which moments. */
export interface Limits extends Stretch {
  readonly shortestMs: number;
  readonly longestMs: number;
}

/** The same stretch `factor` times as long (below 1: nearer), so that `aroundMs` stays where it is on the screen. */
export function zoomed(stretch: Stretch, factor: number, aroundMs: number, limits: Limits): Stretch {
  const lengthMs = lengthOf(stretch);
  const wanted = clamp(lengthMs * factor, limits.shortestMs, Math.min(limits.longestMs, lengthOf(limits)));
  const share = lengthMs === 0 ? 0.5 : (aroundMs - stretch.fromMs) / lengthMs;
  const fromMs = aroundMs - share * wanted;
  return within({ fromMs, toMs: fromMs + wanted }, limits);
}

/** The same length, `byMs` later; stops at the limits. */
export function panned(stretch: Stretch, byMs: number, limits: Limits): Stretch {
  return within({ fromMs: stretch.fromMs + byMs, toMs: stretch.toMs + byMs }, limits);
}

/** Any two moments as a stretch that the limits allow. */
export function between(aMs: number, bMs: number, limits: Limits): Stretch {
  const [fromMs, toMs] = aMs <= bMs ? [aMs, bMs] : [bMs, aMs];
  return zoomed({ fromMs, toMs }, 1, (fromMs + toMs) / 2, limits);
}

/** What lies between two stretches, `share` of the way (0 to 1); lengths change evenly to the eye. */
export function onTheWay(from: Stretch, to: Stretch, share: number): Stretch {
  const lengthMs = Math.exp(mix(Math.log(lengthOf(from)), Math.log(lengthOf(to)), share));
  const [a, b] = [lengthOf(from), lengthOf(to)];
  // The moment both show at the same place of the screen stays there; without one the middle travels.
  const travelled = Math.abs(b - a) < 1 ? share : (lengthMs - a) / (b - a);
  const fromMs = mix(from.fromMs, to.fromMs, travelled);
  return { fromMs, toMs: fromMs + lengthMs };
}

export function lengthOf({ fromMs, toMs }: Stretch): number {
  return toMs - fromMs;
}

export function overlaps(a: Stretch, b: Stretch): boolean {
  return a.fromMs < b.toMs && b.fromMs < a.toMs;
}

function within(stretch: Stretch, limits: Limits): Stretch {
  const lengthMs = Math.min(lengthOf(stretch), lengthOf(limits));
  const fromMs = clamp(stretch.fromMs, limits.fromMs, limits.toMs - lengthMs);
  return { fromMs, toMs: fromMs + lengthMs };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
