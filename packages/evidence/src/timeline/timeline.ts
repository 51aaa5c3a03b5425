import type { InfrequentEntry, Segment } from "@mimolo/protocol";

/** The timeline of a set of records at one moment. */
export interface Timeline {
  /** Closed segments, in order. */
  readonly segments: Segment[];
  /** The segment that something resetting may still extend. */
  readonly open: Segment | null;
  /** Infrequent events, in order of time; where older records are condensed, those of the newest records. */
  readonly infrequent: InfrequentEntry[];
}

export interface LiveTimelineOptions {
  readonly collectorId: string;
  /** So many of the newest records are held one by one; what older ones say is kept in blocks, so that memory grows with the
   *  segments and not with the records. Default: all. */
  readonly detail?: number;
}
