import type { TimelineReport } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import type { Emitter } from "../../emitter.ts";
import type { CollectorEvents } from "../../events.ts";
import type { Archive } from "../../reading/archive.ts";
import type { TimeWindow } from "../../reading/window.ts";

/** What events are made of. */
export interface EventSource {
  readonly events: Emitter<CollectorEvents>;
  readonly archive: Archive;
  readonly clock: Clock;
  /** The newest record that is durable and folded into the timeline. */
  foldedSeq(): number;
  /** The newest record that is durable: whoever reads may have it before it is folded. */
  durableSeq(): number;
  timeline(window: TimeWindow): TimelineReport;
  /** How long a segment waits for more, now. */
  cooldownMs(): number;
}
