import type { LanesReport } from "../api/shapes/timeline.ts";
import type { EvidenceRecord } from "@mimolo/protocol";
import { type Grid, Lane } from "./lane.ts";
import { SpanTeller, type ToldSpan } from "./told-span.ts";

const MOST_SPANS = 2_000;
const USUAL_SPANS = 1_000;
const MOST_LANES = 256;

export interface LanesQuery {
  readonly fromMs: number;
  readonly toMs: number;
  /** Nothing shorter is told apart; default: a thousandth of the range. */
  readonly resolutionS?: number | undefined;
}

/** What each agent told of a range of time, whoever of them made work of it. Memory depends on the resolution alone. */
export async function lanesOf(
  query: LanesQuery,
  kept: AsyncIterable<{ readonly record: EvidenceRecord }>,
): Promise<LanesReport> {
  const grid = gridOf(query);
  const teller = new SpanTeller();
  const lanes = new Map<string, { pluginId: string | null; lane: Lane }>();
  const everyones: ToldSpan[] = [];
  const laneOf = ({ label, pluginId }: ToldSpan): Lane | null => {
    const key = label ?? "";
    const known = lanes.get(key);
    if (known !== undefined) {
      known.pluginId ??= pluginId;
      return known.lane;
    }
    if (lanes.size === MOST_LANES) return null;
    const lane = new Lane(grid);
    lanes.set(key, { pluginId, lane });
    return lane;
  };
  for await (const { record } of kept) {
    const span = teller.of(record);
    if (span === null || span.endMs < grid.fromMs || span.startMs >= grid.toMs) continue;
    if (span.label === null) everyones.push(span);
    else laneOf(span)?.add(span);
  }
  // Nobody looked while the collector was away, whoever of them would have had something to tell.
  for (const { lane } of lanes.values()) for (const gap of everyones) lane.add(gap);
  return {
    from: iso(grid.fromMs),
    to: iso(grid.toMs),
    resolution_s: grid.cellMs / 1000,
    lanes: [...lanes]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([label, { pluginId, lane }]) => ({
        label,
        plugin_id: pluginId,
        mode: lane.isActive ? ("active" as const) : ("passive" as const),
        spans: lane.spans.map(({ startMs, endMs, kind, confidence, records }) => ({
          start: iso(startMs),
          end: iso(endMs),
          kind,
          confidence,
          records,
        })),
      })),
  };
}

/** Never more cells than there may be spans. */
function gridOf({ fromMs, toMs, resolutionS }: LanesQuery): Grid {
  const lengthMs = toMs - fromMs;
  const wantedMs = resolutionS === undefined ? lengthMs / USUAL_SPANS : resolutionS * 1000;
  const cellMs = Math.ceil(Math.max(1_000, wantedMs, lengthMs / MOST_SPANS) / 1_000) * 1_000;
  return { fromMs, toMs, cellMs };
}

const iso = (atMs: number) => new Date(atMs).toISOString();
