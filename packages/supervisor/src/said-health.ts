import type { AgentHealth } from "./health.ts";

/** Changes that are heeded at once, and how often one more may follow. */
const BURST = 20;
const ONE_MORE_EVERY_MS = 5_000;

/** What one process says of its health. Every change of it is kept as evidence, so whoever says another word with every line
 *  is heeded now and then: its newest word counts when it is heard after that time. No timer: it only matters if it talks. */
export class SaidHealth {
  #said: AgentHealth | null = null;
  #heeded: AgentHealth | null = null;
  #left = BURST;
  #atMs = 0;

  /** It says so, at whatever rate. */
  say(health: AgentHealth): void {
    this.#said = health;
  }

  /** The word to heed now, at `nowMs` of a monotonic clock; null while there is no new one, or none is due. */
  take(nowMs: number): AgentHealth | null {
    if (this.#said === this.#heeded) return null;
    this.#left = Math.min(BURST, this.#left + (nowMs - this.#atMs) / ONE_MORE_EVERY_MS);
    this.#atMs = nowMs;
    if (this.#left < 1) return null;
    this.#left -= 1;
    this.#heeded = this.#said;
    return this.#heeded;
  }
}
