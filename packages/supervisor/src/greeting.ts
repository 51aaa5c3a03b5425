import { type Handshake, negotiateVersion, type WireMessage } from "@mimolo/protocol/wire";

/** The owner's answer to a handshake: the ack's fields, or the reason of a reject. */
export type HandshakeAnswer = { readonly accept: Record<string, unknown> } | { readonly reject: string };

/** What a message meant for the acquaintance; `ack` carries what to send, `reject` too. */
export type Greeted =
  | { readonly step: "known" | "unknown" | "accepted" }
  | { readonly step: "ack"; readonly accept: Record<string, unknown> }
  | { readonly step: "reject"; readonly reason: string };

const STANDS_FOR_A_HANDSHAKE = new Set(["heartbeat", "summary", "status", "error"]);
/** What may be handed on from an agent that is not (or not yet) accepted: nothing that is kept, called or shown. */
const HARMLESS = new Set(["handshake", "status", "error", "log", "ack", "metadata", "metric", "custom"]);

/** One run's acquaintance: nobody's evidence counts before its handshake, or a 0.3 agent's first word, was accepted. */
export class Greeting {
  readonly #decide: (handshake: Handshake | null) => HandshakeAnswer;
  #accepted = false;
  #rejected = false;
  #shookHands = false;
  #repeatAsArgs = true;
  #features: readonly string[] = [];

  constructor(decide: (handshake: Handshake | null) => HandshakeAnswer) {
    this.#decide = decide;
  }

  /** True for an agent that speaks 0.3, or that sent no handshake (yet): it reads `args`. */
  get repeatAsArgs(): boolean {
    return this.#repeatAsArgs;
  }

  /** True once the agent is accepted. */
  get isKnown(): boolean {
    return this.#accepted;
  }

  /** True for a feature that an accepted handshake announced. */
  has(feature: string): boolean {
    return this.#features.includes(feature);
  }

  /** True when a message of this type may reach the owner. */
  admits(type: string, known: boolean): boolean {
    return this.#accepted || !known || HARMLESS.has(type);
  }

  /** Takes every known message in order; asks the owner at the first that counts, and once more when a handshake comes late. */
  hear(message: WireMessage): Greeted {
    const handshake = message.type === "handshake" ? message : null;
    if (this.#rejected) return { step: "unknown" };
    if (this.#accepted && (this.#shookHands || handshake === null)) return { step: "known" };
    if (handshake === null && !STANDS_FOR_A_HANDSHAKE.has(message.type)) return { step: "unknown" };
    const answer = this.#decide(handshake);
    if (handshake !== null) this.#repeatAsArgs = speaksOldVersion(handshake.protocol_version);
    if ("reject" in answer) {
      this.#rejected = true;
      this.#accepted = false;
      return { step: "reject", reason: answer.reject };
    }
    this.#accepted = true;
    if (handshake === null) return { step: "accepted" };
    this.#shookHands = true;
    this.#features = handshake.capabilities ?? [];
    return { step: "ack", accept: { ack: "handshake", accepted: true, ...answer.accept } };
  }
}

function speaksOldVersion(version: string): boolean {
  const agreed = negotiateVersion(version);
  return !agreed.ok || Number(agreed.version.split(".")[1]) < 4;
}
