// The stretch of time that one summary speaks of.

/** A summary's window as it stands in `data`: ISO-8601 UTC and seconds. */
export interface SummaryWindow {
  readonly start: string;
  readonly end: string;
  readonly duration_s: number;
}

/** From `startMs` to `endMs` (milliseconds since the epoch); a clock set back gives an empty window. */
export function summaryWindow(startMs: number, endMs: number): SummaryWindow {
  const fromMs = Math.min(startMs, endMs);
  return {
    start: new Date(fromMs).toISOString(),
    end: new Date(endMs).toISOString(),
    duration_s: Math.round(endMs - fromMs) / 1_000,
  };
}
