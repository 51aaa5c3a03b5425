/** Evidence one agent may have accepted and not yet committed, in bytes of memory (its lines
 *  in the ledger and what is noted of them); beyond it the agent is not read. */
export const AGENT_LANE_BYTES = 1_048_576;
/** The same for all agents together. */
export const EVIDENCE_LANE_BYTES = 33_554_432;

/** The bound of an agent with `durable_ack`: more than its window, or the largest line there may be, takes. */
const DURABLE_LANE_BYTES = 2 * AGENT_LANE_BYTES;

/** What may have been read of an agent already when it is paused, and still comes. */
const IN_HAND_BYTES = 131_072;

const CAUSE = "evidence-lane";

/** An agent as the lane knows it: whoever sends evidence and can be made to wait. */
export interface EvidenceSource {
  pause(cause: string): void;
  resume(cause: string): void;
  has(feature: string): boolean;
}

/** Evidence on its way to the disk, counted per agent. What was accepted is kept; who has too much on the way is paused,
 *  so that it waits in the agent's pipe, until a commit makes room. An agent with `durable_ack` keeps its own window and
 *  spool: not the bound of all stops it but one of its own, far beyond its window. */
export class EvidenceLane {
  readonly #waiting = new Map<EvidenceSource, { bytes: number }>();
  readonly #paused = new Set<EvidenceSource>();
  #bytes = 0;

  /** Bytes of all agents that are not committed yet. */
  get bytes(): number {
    return this.#bytes;
  }

  accept(source: EvidenceSource, bytes: number): void {
    let own = this.#waiting.get(source);
    if (own === undefined) this.#waiting.set(source, (own = { bytes: 0 }));
    own.bytes += bytes;
    this.#bytes += bytes;
    if (own.bytes < AGENT_LANE_BYTES && this.#hasRoom) return;
    if (source.has("durable_ack") && own.bytes < DURABLE_LANE_BYTES) return;
    // Said again while it lasts: a new process of the agent begins unpaused.
    this.#paused.add(source);
    source.pause(CAUSE);
  }

  /** Bytes accepted before are committed now; `makeRoom` lets those go on who may. */
  settle(source: EvidenceSource, bytes: number): void {
    const own = this.#waiting.get(source);
    if (own === undefined) return;
    own.bytes -= bytes;
    this.#bytes -= bytes;
    if (own.bytes <= 0) this.#waiting.delete(source);
  }

  makeRoom(): void {
    if (!this.#hasRoom) return;
    for (const source of this.#paused) {
      if ((this.#waiting.get(source)?.bytes ?? 0) >= boundOf(source)) continue;
      this.#paused.delete(source);
      source.resume(CAUSE);
    }
  }

  // Those paused at the bound still bring what is in hand: the bound is to hold with it.
  get #hasRoom(): boolean {
    const inHand = Math.min(EVIDENCE_LANE_BYTES / 2, this.#waiting.size * IN_HAND_BYTES);
    return this.#bytes + inHand < EVIDENCE_LANE_BYTES;
  }
}

function boundOf(source: EvidenceSource): number {
  return source.has("durable_ack") ? DURABLE_LANE_BYTES : AGENT_LANE_BYTES;
}
