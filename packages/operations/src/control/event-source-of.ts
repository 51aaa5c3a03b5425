import type { EventSource } from "../api/events/event-source.ts";
import type { CollectorView } from "../api/view.ts";
import type { Opened } from "../opened.ts";
import type { RunParts } from "../run-parts.ts";

/** What the events of a run are made of. */
export function eventSourceOf(parts: RunParts, { journal }: Opened, view: CollectorView): EventSource {
  const { events, clock } = parts;
  return {
    events,
    clock,
    archive: view.archive,
    foldedSeq: () => journal.foldedSeq,
    durableSeq: () => journal.ledger.committedSeq,
    timeline: (window) => view.timeline(window),
    // A configuration that is taken over says another one.
    cooldownMs: () => parts.config.monitor.cooldown_seconds * 1000,
  };
}
