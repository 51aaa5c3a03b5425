// Numbers for evidence lines, so that a collector can tell a missing one. The durable spool of a later version keeps them.
import type { Privacy } from "./privacy.ts";
import type { Draft, Sent, Voice } from "./voice.ts";

export class EvidenceStream {
  /** Made anew for each run: no number of an earlier run can be taken for one of this. `Math.random` is good enough to be
   *  unlike all others, and `node:crypto` would cost every start. */
  readonly id = `${Date.now().toString(36)}${randomText()}${randomText()}`;
  readonly #voice: Voice;
  readonly #privacy: Pick<Privacy, "allowed">;
  #last = 0;

  constructor(voice: Voice, privacy: Pick<Privacy, "allowed">) {
    this.#voice = voice;
    this.#privacy = privacy;
  }

  /** Sends what privacy rules leave of `draft`, with the next number; what they drop, and what does not fit a line, takes
   *  none. */
  send(draft: Draft): Sent {
    const allowed = this.#privacy.allowed(draft);
    if (allowed === null) return { ok: true };
    const { type, ...fields } = allowed;
    const sent = this.#voice.say({ type, seq: this.#last + 1, ...fields });
    if (sent.ok) this.#last += 1;
    return sent;
  }
}

function randomText(): string {
  return Math.random().toString(36).slice(2, 12);
}
