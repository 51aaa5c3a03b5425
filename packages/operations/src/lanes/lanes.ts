import type { LanesReport } from "../api/shapes/timeline.ts";
import { type Grid, Lane } from "./lane.ts";
import type { Note } from "./note.ts";
import { SpanTeller, type ToldSpan } from "./told-span.ts";
import { Turns } from "./turns.ts";

const MOST_SPANS = 2_000;
const USUAL_SPANS = 1_000;
const MOST_LANES = 256;

export interface LanesQuery {
  readonly fromMs: number;
  readonly toMs: number;
  /** Nothing shorter is told apart; default: a thousandth of the range. */
  readonly resolutionS?: number | undefined;
}

/** Notes in commit order, some at a time. */
export type Notes = AsyncIterable<Iterable<Note>> | Iterable<Iterable<Note>>;

/** What each agent told of a range of time, whoever of them made work of it. Memory depends on the resolution alone; others
 *  get their turn in between. */
export async function lanesOf(query: LanesQuery, notes: Notes, turns = new Turns()): Promise<LanesReport> {
  const grid = gridOf(query);
  const teller = new SpanTeller();
  const lanes = new Map<string, { pluginId: string | null; lane: Lane }>();
  const everyones: ToldSpan[] = [];
  const laneOf = (label: string, pluginId: string | null): Lane | null => {
    const known = lanes.get(label);
    if (known !== undefined) {
      known.pluginId ??= pluginId;
      return known.lane;
    }
    if (lanes.size === MOST_LANES) return null;
    const lane = new Lane(grid);
    lanes.set(label, { pluginId, lane });
    return lane;
  };
  for await (const some of notes) {
    for (const note of some) {
      const span = teller.of(note);
      if (span.endMs < grid.fromMs || span.startMs >= grid.toMs) continue;
      const { label, pluginId } = span.speaker;
      if (label === null) everyones.push(span);
      else laneOf(label, pluginId)?.add(span);
      if (turns.isOver) await turns.next();
    }
  }
  const report: LanesReport["lanes"] = [];
  for (const [label, { pluginId, lane }] of [...lanes].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    // Nobody looked while the collector was away, whoever of them would have had something to tell.
    for (const gap of everyones) {
      lane.add(gap);
      if (turns.isOver) await turns.next();
    }
    report.push({ label, plugin_id: pluginId, mode: lane.isActive ? "active" : "passive", spans: spansOf(lane) });
    if (turns.isOver) await turns.next();
  }
  return { from: iso(grid.fromMs), to: iso(grid.toMs), resolution_s: grid.cellMs / 1000, lanes: report };
}

function spansOf(lane: Lane): LanesReport["lanes"][number]["spans"] {
  return lane.spans.map(({ startMs, endMs, kind, confidence, records }) => ({
    start: iso(startMs),
    end: iso(endMs),
    kind,
    confidence,
    records,
  }));
}

/** Never more cells than there may be spans. */
function gridOf({ fromMs, toMs, resolutionS }: LanesQuery): Grid {
  const lengthMs = toMs - fromMs;
  const wantedMs = resolutionS === undefined ? lengthMs / USUAL_SPANS : resolutionS * 1000;
  const cellMs = Math.ceil(Math.max(1_000, wantedMs, lengthMs / MOST_SPANS) / 1_000) * 1_000;
  return { fromMs, toMs, cellMs };
}

const iso = (atMs: number) => new Date(atMs).toISOString();
