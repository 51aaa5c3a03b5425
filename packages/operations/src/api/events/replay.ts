import { eventTimeOf } from "@mimolo/evidence";
import type { EvidenceRecord, Segment, TimelineReport } from "@mimolo/protocol";

export interface ReplayParts {
  /** The newest record that `report` goes by. */
  readonly through: number;
  readonly report: TimelineReport;
  readonly cooldownMs: number;
}

/** Catches a client up: the records come from the ledger, the segments that these may have changed from the timeline as it stood
 *  when the client came back. */
export class Replay {
  readonly through: number;
  readonly #parts: ReplayParts;
  #fromMs = Number.POSITIVE_INFINITY;

  constructor(parts: ReplayParts) {
    this.through = parts.through;
    this.#parts = parts;
  }

  /** The client may not know what this record changed. */
  heard(record: EvidenceRecord): void {
    this.#fromMs = Math.min(this.#fromMs, reachOf(record) - this.#parts.cooldownMs);
  }

  /** Whether there is nothing left that a record could add. */
  get isOfEverything(): boolean {
    return this.#fromMs === Number.NEGATIVE_INFINITY;
  }

  /** The client knows nothing yet. */
  heardNothing(): void {
    this.#fromMs = Number.NEGATIVE_INFINITY;
  }

  /** Those that may have changed, oldest first. A change of the cooldown may reach one further back than it says. */
  segments(): { readonly closed: readonly Segment[]; readonly open: Segment | null; readonly fromMs: number } {
    const { segments, open } = this.#parts.report;
    const first = segments.findIndex(({ end }) => Date.parse(end) >= this.#fromMs);
    const at = Math.max(0, first === -1 ? segments.length - 1 : first - 1);
    const closed = segments.slice(at);
    const start = closed[0] === undefined ? this.#fromMs : Math.min(this.#fromMs, Date.parse(closed[0].end));
    return { closed, open, fromMs: start };
  }
}

/** The earliest moment at which something may be another thing by what a record says. */
function reachOf(record: EvidenceRecord): number {
  // What was erased may be of any time.
  if (record.kind === "erasure") return Number.NEGATIVE_INFINITY;
  const startMs = eventTimeOf(record)?.startMs;
  if (startMs === undefined) return Number.NEGATIVE_INFINITY;
  return record.kind === "message" ? startMs - coveredMs(record.message) : startMs;
}

/** The most that is taken of a summary that does not say how much time it speaks of. */
const UNSAID_MS = 3_600_000;

/** A summary speaks of the time before it. */
function coveredMs({ type, metrics }: Readonly<Record<string, unknown>>): number {
  if (type !== "summary") return 0;
  const said = (metrics as Record<string, unknown> | undefined)?.["interval_s"];
  return typeof said === "number" && said >= 0 ? said * 1000 : UNSAID_MS;
}
