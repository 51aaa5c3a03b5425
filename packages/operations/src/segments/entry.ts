import type { InfrequentEntry, Segment } from "@mimolo/protocol";

/** What a file of segments holds: closed segments, and infrequent events as entries of their own. */
export type Entry = SegmentEntry | RareEntry;

export type SegmentEntry = { readonly type: "segment" } & Readonly<Segment>;

export type RareEntry = {
  readonly type: "infrequent" /** `<collector_id>:<seq>`. */;
  readonly id: string;
} & Readonly<InfrequentEntry>;

export function segmentEntry(segment: Segment): SegmentEntry {
  return { type: "segment", ...segment };
}

export function rareEntry(entry: InfrequentEntry, collectorId: string): RareEntry {
  return { type: "infrequent", id: `${collectorId}:${entry.seq}`, ...entry };
}

/** When it began, in ms since the epoch. */
export function beginOf(entry: Entry): number {
  return Date.parse(entry.type === "segment" ? entry.start : entry.at);
}
