import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocketServer } from "ws";
import type { Caller, Transport } from "../login/access.ts";
import type { Guard } from "../guard/guard.ts";
import { answerRaw } from "../listeners/answer-raw.ts";
import { ProblemError } from "../problems/problem.ts";
import type { Batch } from "./batch.ts";
import { Connection } from "./connection.ts";
import type { EventSource } from "./event-source.ts";
import { News } from "./news.ts";
import { Pages } from "./pages.ts";
import { Places } from "./places.ts";
import { CLOSING } from "./subscriber.ts";

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
  readonly #connections = new Places<Connection>();
  readonly #pages: Pages;
  readonly #news: News;
  readonly #closing = new AbortController();
  #server: Promise<WebSocketServer> | null = null;
  #isLooking = false;
  #emptied: () => void = () => undefined;

  constructor(parts: EventsParts) {
    this.#parts = parts;
    this.#pages = new Pages(parts.source.archive);
    this.#news = new News(parts.source, (batch) => this.#tell(batch));
  }

  get clients(): number {
    return this.#connections.count;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, transport: Transport): void {
    const caller = this.#parts.guard.admitUpgrade(request);
    const arrived = this.#connections.keep(transport);
    void this.#shakeHands(request, socket, head, { caller, transport }).finally(arrived);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#news.tell();
    this.#news.close();
    for (const connection of this.#connections) connection.close(CLOSING.goingAway, "the collector stops");
    if (this.#connections.count === 0) return;
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
          guard: this.#parts.guard,
          caller,
          settle: () => this.#settle(),
          durableSeq: () => this.#parts.source.durableSeq(),
          subscribed: () => this.#listen(),
          ended: () => this.#ended(connection),
        });
        this.#connections.take(connection);
        this.#look();
      });
    } catch (error) {
      answerRaw(socket, error);
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

  #tell(batch: Batch): void {
    this.#pages.told(batch.through);
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
    this.#connections.leave(connection);
    this.#listen();
    if (this.#connections.count > 0) return;
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
      if (this.#connections.count > 0) this.#look();
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
