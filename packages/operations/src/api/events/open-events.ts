import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocketServer } from "ws";
import type { Caller, Transport } from "../access.ts";
import type { Guard } from "../guard/guard.ts";
import { answerRaw } from "../listeners/answer-raw.ts";
import { ProblemError } from "../problem.ts";
import type { Batch } from "./batch.ts";
import { Connection } from "./connection.ts";
import type { EventSource } from "./event-source.ts";
import { News } from "./news.ts";
import { Pages } from "./pages.ts";
import { CLOSING } from "./subscriber.ts";

const MOST_CLIENTS = 256;
const MOST_OVER_TCP = 64;
const MOST_MESSAGE_BYTES = 4_096;
const LOOK_EVERY_MS = 1_000;
const FAREWELL_MS = 500;

/** Those who listen at `/api/v1/events`. */
export interface EventsHub {
  /** Takes over an upgrade that asks for the events' path. Throws `ProblemError`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, transport: Transport): void;
  readonly clients: number;
  /** Tells everybody why, and lets them go. */
  close(): Promise<void>;
}

export interface EventsParts {
  readonly source: EventSource;
  readonly guard: Guard;
}

/** Opens the events; what a WebSocket needs is loaded with the first one. */
export function openEvents(parts: EventsParts): EventsHub {
  return new Hub(parts);
}

class Hub implements EventsHub {
  readonly #parts: EventsParts;
  readonly #connections = new Set<Connection>();
  readonly #pages: Pages;
  readonly #news: News;
  readonly #closing = new AbortController();
  #server: Promise<WebSocketServer> | null = null;
  #isLooking = false;
  /** Those whose handshake is under way count, too. */
  readonly #arriving = { socket: 0, tcp: 0 };
  #emptied: () => void = () => undefined;

  constructor(parts: EventsParts) {
    this.#parts = parts;
    this.#pages = new Pages(parts.source.archive);
    this.#news = new News(parts.source, (batch) => this.#tell(batch));
  }

  get clients(): number {
    return this.#connections.size;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, transport: Transport): void {
    this.#refuseWhenFull(transport);
    const caller = this.#parts.guard.admitUpgrade(request);
    void this.#shakeHands(request, socket, head, { caller, transport });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#news.tell();
    this.#news.close();
    for (const connection of this.#connections) connection.close(CLOSING.goingAway, "the collector stops");
    if (this.#connections.size === 0) return;
    const cutting = new AbortController();
    this.#parts.source.clock.after(FAREWELL_MS, () => this.#cutAll(), cutting.signal);
    await new Promise<void>((resolve) => (this.#emptied = resolve));
    cutting.abort();
  }

  async #shakeHands(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { caller, transport }: { readonly caller: Caller | null; readonly transport: Transport },
  ): Promise<void> {
    const cut = () => socket.destroy();
    socket.on("error", cut);
    this.#arriving[transport] += 1;
    try {
      const server = await (this.#server ??= makeServer());
      if (this.#closing.signal.aborted) throw new ProblemError("shutting-down", "the collector is stopping");
      socket.off("error", cut);
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const connection: Connection = new Connection({
          socket,
          webSocket,
          transport,
          clock: this.#parts.source.clock,
          ...this.#reading,
          holds: caller === null ? (token) => this.#parts.guard.callerWith(token, transport) !== null : null,
          settle: () => this.#settle(),
          subscribed: () => this.#listen(),
          ended: () => this.#ended(connection),
        });
        this.#connections.add(connection);
        this.#look();
      });
    } catch (error) {
      answerRaw(socket, error);
    } finally {
      this.#arriving[transport] -= 1;
    }
  }

  get #reading() {
    const { archive, timeline, cooldownMs } = this.#parts.source;
    return {
      page: (after: number, upTo: number) => this.#pages.read(after, upTo),
      commitOf: (seq: number) => archive.commitOf(seq),
      timeline: () => timeline({}),
      cooldownMs,
    };
  }

  #refuseWhenFull(transport: Transport): void {
    const ofTransport = [...this.#connections].filter((connection) => connection.transport === transport).length;
    const all = this.#connections.size + this.#arriving.socket + this.#arriving.tcp;
    if (all < MOST_CLIENTS && (transport === "socket" || ofTransport + this.#arriving.tcp < MOST_OVER_TCP)) return;
    throw new ProblemError("too-many-requests", "too many clients listen already", "close one that is not needed");
  }

  #tell(batch: Batch): void {
    for (const { subscriber } of this.#connections) subscriber.take(batch);
  }

  /** Whoever subscribes now hears of what comes after the records that are told. */
  #settle(): number {
    this.#news.tell();
    return this.#parts.source.foldedSeq();
  }

  #listen(): void {
    let wanted = 0;
    for (const { subscriber } of this.#connections) wanted |= subscriber.wanted;
    this.#news.want(wanted);
  }

  #ended(connection: Connection): void {
    this.#connections.delete(connection);
    this.#listen();
    if (this.#connections.size > 0) return;
    this.#pages.forget();
    this.#emptied();
  }

  #cutAll(): void {
    for (const connection of this.#connections) connection.cut();
  }

  #look(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const again = () => {
      this.#isLooking = false;
      for (const connection of this.#connections) connection.look();
      if (this.#connections.size > 0) this.#look();
    };
    this.#parts.source.clock.after(LOOK_EVERY_MS, again, this.#closing.signal);
  }
}

async function makeServer(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import("ws");
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MOST_MESSAGE_BYTES,
  });
  server.on("wsClientError", (error, socket) => answerRaw(socket, new ProblemError("bad-request", error.message)));
  return server;
}
