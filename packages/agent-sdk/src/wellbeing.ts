// How the agent does, told whenever it changes and whenever somebody asks.
import type { Health } from "@mimolo/protocol/wire";
import type { Voice } from "./voice.ts";

export class Wellbeing {
  readonly #voice: Voice;
  readonly #facts: () => { readonly uptimeS: number; readonly details: object };
  #health: Health = "initializing";

  constructor(voice: Voice, facts: () => { readonly uptimeS: number; readonly details: object }) {
    this.#voice = voice;
    this.#facts = facts;
  }

  get health(): Health {
    return this.#health;
  }

  /** Sends one `status`; `more` are further fields of it. */
  tell(more: { message?: string; tuned?: object } = {}): void {
    const { uptimeS, details } = this.#facts();
    this.#voice.say({ type: "status", health: this.#health, uptime_s: uptimeS, mode: "normal", details, ...more });
  }

  /** Sends a `status` if this is news. */
  become(health: Health, message?: string): void {
    if (health === this.#health) return;
    this.#health = health;
    this.tell(message === undefined ? {} : { message });
  }
}
