import type { TimelineReport } from "@mimolo/protocol";
import type { Api } from "../api/index.ts";
import type { TimedDay } from "./columns.ts";
import { gapsIn } from "./gaps.ts";
import type { OuterGap } from "./pieces.ts";
import type { Stretch } from "./stretch.ts";

const MOST_GAPS = 1_000;

export interface LaneSpan {
  readonly start: string;
  readonly end: string;
  readonly kind: "worked" | "idle" | "passive" | "gap";
  readonly confidence: "observed" | "reconstructed";
  readonly records: number;
}

export interface Lane {
  readonly label: string;
  readonly plugin_id: string | null;
  readonly mode: "active" | "passive";
  readonly spans: readonly LaneSpan[];
}

export interface Days {
  readonly time_zone: string;
  /** `HH:MM`. */
  readonly day_start: string;
  readonly days: readonly (TimedDay & { readonly segments: number })[];
}

/** What each agent told, apart down to `resolution_s`. */
export async function askLanes(api: Api, stretch: Stretch, resolution_s: number): Promise<readonly Lane[]> {
  const query = { ...rangeOf(stretch), resolution_s: String(Math.max(1, Math.round(resolution_s))) };
  return (await api.get("/timeline/lanes", { query })).lanes;
}

/** Days with their work; without dates the last year. */
export function askDays(api: Api, query: { readonly from?: string; readonly to?: string } = {}): Promise<Days> {
  return api.get("/timeline/days", { query });
}

/** Time for which nobody has evidence. */
export async function askGaps(api: Api, stretch: Stretch): Promise<OuterGap[]> {
  const { items } = await api.get("/evidence", { query: { ...rangeOf(stretch), kind: "gap", limit: MOST_GAPS } });
  return gapsIn(items);
}

export function askSegments(api: Api, stretch: Stretch): Promise<TimelineReport> {
  return api.get("/timeline", { query: rangeOf(stretch) });
}

function rangeOf({ fromMs, toMs }: Stretch): { from: string; to: string } {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}
