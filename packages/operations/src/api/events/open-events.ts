import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Transport } from "../access.ts";
import type { Guard } from "../guard/guard.ts";
import type { EventSource } from "./event-source.ts";

/** Those who listen at `/api/v1/events`. */
export interface EventsHub {
  /** Takes over an upgrade that asks for the events' path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, transport: Transport): void;
  readonly clients: number;
  /** Tells everybody why, and lets them go. */
  close(): Promise<void>;
}

export interface EventsParts {
  readonly source: EventSource;
  readonly guard: Guard;
}

export function openEvents(_parts: EventsParts): EventsHub {
  return { upgrade: (_request, socket) => socket.destroy(), clients: 0, close: () => Promise.resolve() };
}
