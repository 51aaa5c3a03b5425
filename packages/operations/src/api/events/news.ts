import type { ControlEvent } from "@mimolo/protocol";
import type { CollectorEvents } from "../../events.ts";
import { bitOf, type EventSet, typesIn } from "./event-set.ts";
import type { EventSource } from "./event-source.ts";
import { Batch } from "./batch.ts";
import { Telling, Tellings } from "./telling.ts";

/** So long it is gathered what goes to the clients together. */
const WINDOW_MS = 50;

/** Hears of the collector what somebody wants, and nothing else; hands it on in batches. */
export class News {
  readonly #source: EventSource;
  readonly #told: (batch: Batch) => void;
  readonly #off = new Map<EventSet, () => void>();
  readonly #closing = new AbortController();
  #tellings = new Tellings();
  #isDue = false;

  constructor(source: EventSource, told: (batch: Batch) => void) {
    this.#source = source;
    this.#told = told;
  }

  /** From now on these are heard. */
  want(wanted: EventSet): void {
    for (const [bit, off] of this.#off) {
      if ((bit & wanted) !== 0) continue;
      off();
      this.#off.delete(bit);
    }
    for (const type of typesIn(wanted)) {
      if (this.#off.has(bitOf(type))) continue;
      this.#off.set(bitOf(type), type === "evidence:committed" ? this.#hearCommits() : this.#hear(type));
    }
  }

  /** Hands on what was gathered, at once. */
  tell(): void {
    this.#isDue = false;
    const batch = new Batch(this.#tellings.takeAll(), this.#source.foldedSeq());
    this.#told(batch);
  }

  close(): void {
    this.want(0);
    this.#closing.abort();
  }

  #hearCommits(): () => void {
    return this.#source.events.on("evidence:committed", () => this.#soon());
  }

  #hear(type: Exclude<ControlEvent["type"], "evidence:committed">): () => void {
    return this.#source.events.on(type, (payload: CollectorEvents[typeof type]) => {
      this.#tellings.add(new Telling(this.#eventOf(type, payload)));
      this.#soon();
    });
  }

  #eventOf(type: ControlEvent["type"], payload: object): ControlEvent {
    const at = new Date(this.#source.clock.wallMs()).toISOString();
    if (type === "log") return { type, at, line: payload } as ControlEvent;
    const seq = type.startsWith("segment:") ? { seq: this.#source.foldedSeq() } : {};
    return { type, at, ...seq, ...payload } as ControlEvent;
  }

  #soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#source.clock.after(WINDOW_MS, () => this.#isDue && this.tell(), this.#closing.signal);
  }
}
