import type { TimelineEvent } from "@mimolo/evidence";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";

/** Tells all who listen what became of segments. */
export function announce(changes: readonly TimelineEvent[], events: Emitter<CollectorEvents>): void {
  for (const change of changes) {
    if (change.type === "segment:revised") events.emit(change.type, { ...change.segment, replaces: change.replaces });
    else events.emit(change.type, change.segment);
  }
}
