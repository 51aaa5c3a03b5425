import type { Segment } from "@mimolo/protocol";

const MOST = 2_000;

/** Segments of a stretch of time up to now, and the one that may still grow. */
export interface Segments {
  readonly segments: readonly Segment[];
  readonly open: Segment | null;
}

/** `segment` takes the place of what has its id, and of `replaces`. */
export function withSegment(
  held: Segments,
  segment: Segment,
  isOpen: boolean,
  replaces: readonly string[] = [],
): Segments {
  const isGone = ({ id }: Segment) => id === segment.id || replaces.includes(id);
  // Nearly always nothing has to go: the scan makes no copy then.
  let segments = held.segments.some(isGone) ? held.segments.filter((each) => !isGone(each)) : held.segments;
  const open = held.open === null || isGone(held.open) ? null : held.open;
  if (!isOpen) return { segments: inOrder(segments, segment), open };
  if (open !== null) segments = inOrder(segments, open);
  return { segments, open: segment };
}

/** Without those that end at or after `from` and did not come anew. */
export function madeUp(held: Segments, from: string, anew: readonly string[]): Segments {
  const fromMs = Date.parse(from);
  const stays = (segment: Segment) => Date.parse(segment.end) < fromMs || anew.includes(segment.id);
  return { segments: held.segments.filter(stays), open: held.open !== null && stays(held.open) ? held.open : null };
}

function inOrder(segments: readonly Segment[], added: Segment): readonly Segment[] {
  const startMs = Date.parse(added.start);
  let at = segments.length;
  while (at > 0 && Date.parse(segments[at - 1]?.start ?? "") > startMs) at -= 1;
  return [...segments.slice(0, at), added, ...segments.slice(at)].slice(-MOST);
}
