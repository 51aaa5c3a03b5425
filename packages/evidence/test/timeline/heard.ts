import type { Segment } from "@mimolo/protocol";
import type { Timeline, TimelineEvent } from "../../src/index.ts";

/** The segments as somebody knows them who was told of those there are and then only hears the events. */
export class Heard {
  readonly segments = new Map<string, Segment>();

  constructor(before?: Pick<Timeline, "segments" | "open">) {
    if (before === undefined) return;
    const { segments, open } = before;
    for (const segment of [...segments, ...(open === null ? [] : [open])]) this.segments.set(segment.id, segment);
  }

  hear(events: readonly TimelineEvent[]): void {
    for (const event of events) {
      if (event.type === "segment:revised") for (const id of event.replaces) this.segments.delete(id);
      const { start, end, labels, id } = event.segment;
      const vanished = start === end && labels.length === 0;
      if (!vanished) this.segments.set(id, event.segment);
    }
  }
}
