// How the agent does, told whenever it changes and whenever somebody asks. Several parts have an opinion; the worst counts.
import type { Health, Metrics } from "@mimolo/protocol/wire";

/** Whose opinion it is. */
type Judge = "run" | "sampling" | "tuning" | "spool" | "author";

interface Opinion {
  readonly health: Health;
  readonly why: string | undefined;
}

/** What else a `status` may carry. */
interface StatusFields {
  readonly message?: string;
  readonly tuned?: object;
  readonly metrics?: Metrics;
}

const FROM_BEST: readonly Health[] = ["ok", "initializing", "degraded", "overload", "failed"];

export class Wellbeing {
  readonly #voice: { say(draft: { type: string; [field: string]: unknown }): unknown };
  readonly #facts: () => { readonly uptimeS: number; readonly mode: string; readonly details: object };
  readonly #opinions = new Map<Judge, Opinion>([["run", { health: "initializing", why: undefined }]]);

  constructor(
    voice: { say(draft: { type: string; [field: string]: unknown }): unknown },
    facts: () => { readonly uptimeS: number; readonly mode: string; readonly details: object },
  ) {
    this.#voice = voice;
    this.#facts = facts;
  }

  get health(): Health {
    return this.#worst().health;
  }

  /** Takes the opinion of `judge`, in place of its last; whether that is news. */
  judge(judge: Judge, health: Health, why?: string): boolean {
    const before = this.#worst();
    this.#opinions.set(judge, { health, why });
    const now = this.#worst();
    return now.health !== before.health || now.why !== before.why;
  }

  /** The same, and sends a `status` if it is. */
  become(judge: Judge, health: Health, why?: string): void {
    if (this.judge(judge, health, why)) this.tell();
  }

  /** Sends one `status`, with the reason of its health unless `more` has a message. */
  tell(more: StatusFields = {}): void {
    const { health, why } = this.#worst();
    const { uptimeS, mode, details } = this.#facts();
    const message = why === undefined ? {} : { message: why };
    this.#voice.say({ type: "status", health, uptime_s: uptimeS, mode, details, ...message, ...more });
  }

  #worst(): Opinion {
    let worst: Opinion = { health: "ok", why: undefined };
    for (const opinion of this.#opinions.values()) {
      const than = FROM_BEST.indexOf(opinion.health) - FROM_BEST.indexOf(worst.health);
      // Who is well may have a word to say all the same.
      if (than > 0 || (than === 0 && worst.why === undefined)) worst = opinion;
    }
    return worst;
  }
}
