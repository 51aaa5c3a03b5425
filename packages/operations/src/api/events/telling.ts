import type { ControlEvent } from "@mimolo/protocol";
import { bitOf, type EventSet } from "./event-set.ts";
import { textFrame } from "./text-frame.ts";

/** One event on its way to whoever wants it: its bytes are made when the first one does, and once. */
export class Telling {
  readonly event: ControlEvent;
  readonly bit: EventSet;
  /** What of it may be outdated by a later one; `null`: nothing. */
  readonly key: string | null;
  /** On segments: the records it goes by. */
  readonly seq: number;
  #bytes: Buffer | null = null;

  constructor(event: ControlEvent) {
    this.event = event;
    this.bit = bitOf(event.type);
    this.key = keyOf(event);
    this.seq = "seq" in event ? event.seq : 0;
  }

  get bytes(): Buffer {
    this.#bytes ??= textFrame(JSON.stringify(this.event));
    return this.#bytes;
  }
}

/** Tellings in order, without those that a later one outdates. */
export class Tellings {
  readonly #tellings = new Map<string | Telling, Telling>();

  get count(): number {
    return this.#tellings.size;
  }

  add(telling: Telling): void {
    for (const outdated of outdatedBy(telling.event)) this.#tellings.delete(outdated);
    this.#tellings.set(telling.key ?? telling, telling);
  }

  first(): Telling | undefined {
    for (const telling of this.#tellings.values()) return telling;
    return undefined;
  }

  /** Takes the first ones out, as long as they fit. */
  takeWhile(fits: (telling: Telling) => boolean): Telling[] {
    const taken: Telling[] = [];
    for (const [key, telling] of this.#tellings) {
      if (!fits(telling)) break;
      taken.push(telling);
      this.#tellings.delete(key);
    }
    return taken;
  }

  takeAll(): Telling[] {
    return this.takeWhile(() => true);
  }
}

function keyOf(event: ControlEvent): string | null {
  switch (event.type) {
    case "agent:heartbeat":
    case "widget:frame":
      return `${event.type} ${event.label}`;
    case "segment:extended":
      return extended(event.id);
    default:
      return null;
  }
}

function outdatedBy(event: ControlEvent): readonly string[] {
  switch (event.type) {
    case "segment:revised":
      return event.replaces.map(extended);
    case "segment:closed":
      return [extended(event.id)];
    default: {
      // What is told anew takes its place at the end.
      const key = keyOf(event);
      return key === null ? [] : [key];
    }
  }
}

function extended(id: string): string {
  return `segment:extended ${id}`;
}
