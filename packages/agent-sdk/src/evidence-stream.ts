// The one door of evidence: every summary and every event of a monitor goes through `send`.
import type { Clock } from "./clock.ts";
import type { Delivery } from "./delivery.ts";
import { evidenceLine, MOST_NUMBER_BYTES } from "./evidence-line.ts";
import type { Privacy } from "./privacy.ts";
import { type Draft, lengthOver, type Sent } from "./voice.ts";

/** What became of a draft: `kept` is what privacy rules left of it, null for nothing. */
export type Taken = { readonly ok: true; readonly kept: Draft | null } | Extract<Sent, { ok: false }>;

export class EvidenceStream {
  readonly #clock: Clock;
  readonly #voice: { readonly maxLineBytes: number };
  readonly #privacy: Pick<Privacy, "allowed">;
  readonly #delivery: Delivery;

  constructor(options: {
    clock: Clock;
    voice: { readonly maxLineBytes: number };
    privacy: Pick<Privacy, "allowed">;
    delivery: Delivery;
  }) {
    this.#clock = options.clock;
    this.#voice = options.voice;
    this.#privacy = options.privacy;
    this.#delivery = options.delivery;
  }

  /** Whether another line may be made; while not, its window goes on and nothing is lost. */
  get hasRoom(): boolean {
    return this.#delivery.hasRoom;
  }

  /** Sends what privacy rules leave of `draft`, with the next number; what they drop, and what does not fit a line, takes
   *  none. Throws what `JSON.stringify` throws. */
  send(draft: Draft): Taken {
    const allowed = this.#privacy.allowed(draft);
    if (allowed === null) return { ok: true, kept: null };
    const line = evidenceLine(allowed, this.#clock.wallMs());
    const lengthBytes = lengthOver(this.#voice.maxLineBytes - MOST_NUMBER_BYTES, line.head, line.tail);
    if (lengthBytes !== null) return { ok: false, lengthBytes };
    this.#delivery.take(line);
    return { ok: true, kept: allowed };
  }
}
