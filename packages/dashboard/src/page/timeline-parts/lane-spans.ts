import type { Lane, LaneSpan } from "./ask.ts";
import type { OuterGap } from "./pieces.ts";
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

/** Time that each lane has no evidence for. */
export function commonGaps(lanes: readonly TimedLane[]): OuterGap[] {
  const [first, ...others] = lanes.map(({ spans }) => spans.filter(({ kind }) => kind === "gap"));
  if (first === undefined) return [];
  return others.reduce<readonly Stretch[]>(inBoth, first).map(({ fromMs, toMs }) => ({ fromMs, toMs, reason: "" }));
}

function inBoth(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const both: Stretch[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [one, other] = [a[i] as Stretch, b[j] as Stretch];
    const fromMs = Math.max(one.fromMs, other.fromMs);
    const toMs = Math.min(one.toMs, other.toMs);
    if (fromMs < toMs) both.push({ fromMs, toMs });
    if (one.toMs < other.toMs) i++;
    else j++;
  }
  return both;
}
