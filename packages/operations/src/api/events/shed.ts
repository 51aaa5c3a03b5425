import type { ControlEventType } from "@mimolo/protocol";
import type { Telling } from "./telling.ts";

/** What a client went without because it read too slowly: the newest state of each agent is kept for it, the rest counted. */
export class Shed {
  readonly #states = new Map<string, Telling>();
  #dropped: Partial<Record<ControlEventType, number>> = {};

  add(telling: Telling): void {
    const { event } = telling;
    if (event.type !== "agent:state") return this.#count(event.type);
    if (this.#states.delete(event.label)) this.#count(event.type);
    this.#states.set(event.label, telling);
  }

  /** What was dropped since this was last asked, by type, and the states to tell now. */
  take(): { readonly dropped: Readonly<Record<string, number>>; readonly states: readonly Telling[] } {
    const taken = { dropped: this.#dropped, states: [...this.#states.values()] };
    this.#dropped = {};
    this.#states.clear();
    return taken;
  }

  #count(type: ControlEventType): void {
    this.#dropped[type] = (this.#dropped[type] ?? 0) + 1;
  }
}
