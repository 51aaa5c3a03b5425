import type { Lane, LaneSpan } from "./ask.ts";
import type { Stretch } from "./stretch.ts";

/** A span of a lane as it is drawn: what was not observed has a look of its own. */
export interface TimedSpan extends Stretch {
  readonly kind: LaneSpan["kind"] | "reconstructed";
  readonly confidence: LaneSpan["confidence"];
  readonly records: number;
}

export interface TimedLane {
  readonly label: string;
  readonly mode: Lane["mode"];
  readonly spans: readonly TimedSpan[];
}

/** Lanes with their times in milliseconds; those that see work come first. */
export function timedLanes(lanes: readonly Lane[]): TimedLane[] {
  return lanes
    .map(({ label, mode, spans }) => ({
      label,
      mode,
      spans: spans.map(({ start, end, kind, confidence, records }) => ({
        fromMs: Date.parse(start),
        toMs: Date.parse(end),
        kind: kind === "worked" && confidence !== "observed" ? ("reconstructed" as const) : kind,
        confidence,
        records,
      })),
    }))
    .toSorted((a, b) => (a.mode === b.mode ? 0 : a.mode === "active" ? -1 : 1));
}
