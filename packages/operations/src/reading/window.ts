import type { Segment } from "@mimolo/protocol";

/** A half-open time window, milliseconds since the epoch; an absent side is open. */
export interface TimeWindow {
  fromMs?: number | undefined;
  toMs?: number | undefined;
}

/** Whether a segment touches the window. */
export function within(segment: Pick<Segment, "start" | "end">, window: TimeWindow): boolean {
  const { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = window;
  return Date.parse(segment.end) >= fromMs && Date.parse(segment.start) < toMs;
}
