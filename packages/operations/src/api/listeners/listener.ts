import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { ListenOptions, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Transport } from "../login/access.ts";
import { Refusal } from "../guard/refusal.ts";
import { answerRaw, TCP_HEADERS } from "./answer-raw.ts";
import { Connections } from "./connections.ts";
import type { Limits } from "./limits.ts";
import { awaitBody, awaitReader } from "./patience.ts";
import { Pending } from "./pending.ts";
import { refuse } from "./refuse.ts";
import { unreadable } from "./unreadable.ts";

export interface ListenerParts {
  readonly transport: Transport;
  readonly limits: Limits;
  /** Looks at where a request comes from and whom it was sent to, before anybody else does. Throws `Refusal`. */
  front(request: IncomingMessage): void;
  /** A connection came; whatever is said on it came this way. */
  arrived(stream: Duplex): void;
  readonly handle: RequestListener;
  /** Takes over a connection that wants to become something else. May throw `ProblemError`. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, transport: Transport): void;
}

/** One place to listen, with its limits: what is too much, too slow, unreadable or sent to somebody else never gets further. */
export class Listener {
  readonly connections: Connections;
  readonly #parts: ListenerParts;
  readonly #server: Server;
  readonly #pending = new Pending();
  #closed: Promise<void> | null = null;

  constructor(parts: ListenerParts) {
    const { limits } = parts;
    this.#parts = parts;
    this.connections = new Connections(limits.connections);
    this.#server = createServer({
      maxHeaderSize: limits.headBytes,
      headersTimeout: limits.headMs,
      requestTimeout: limits.packageMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      keepAliveTimeout: 5_000,
      // The guard says so in its own words.
      requireHostHeader: false,
    });
    // The size of the head bounds them: none is left out of what the guard sees.
    this.#server.maxHeadersCount = 0;
    this.#server
      .on("connection", (socket) => this.connections.add(socket) && parts.arrived(socket))
      .on("request", (request, response) => this.#received(request, response))
      .on("upgrade", (request, stream, head) => this.#upgrade(request, stream, head))
      .on("connect", (_request, stream) => this.#refuseLast(stream as Socket, noProxy()))
      .on("checkExpectation", (request, response) => {
        this.#dress(response);
        refuse(response, noExpectation(request));
      })
      .on("clientError", (error, stream) => this.#unreadable(error, stream as Socket));
  }

  /** Resolves once it listens; rejects with Node's own error. */
  listen(where: ListenOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject).listen(where, () => {
        this.#server.off("error", reject);
        // A connection that could not be taken is its own trouble, not the collector's.
        this.#server.on("error", () => undefined);
        resolve();
      });
    });
  }

  /** Its port, 0 for a socket. */
  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.connections.destroyAll();
    });
    return this.#closed;
  }

  #received(request: IncomingMessage, response: ServerResponse): void {
    this.#dress(response);
    this.#pending.add(request.socket, response);
    awaitBody(request, response, this.#parts.limits);
    awaitReader(response, this.#parts.limits);
    try {
      this.#parts.front(request);
    } catch (error) {
      refuse(response, error);
      return;
    }
    this.#parts.handle(request, response);
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    try {
      this.#parts.front(request);
      // What is owed would be written into whatever this becomes.
      if (!this.#pending.isFree(request.socket)) throw tooEarly();
      this.#parts.upgrade(request, stream, head, this.#parts.transport);
      // Whoever took it over counts it, and has limits of its own.
      this.connections.leave(stream);
    } catch (error) {
      this.#refuseLast(request.socket, error);
    }
  }

  #refuseLast(socket: Socket, error: unknown): void {
    this.#pending.last(socket, () => answerRaw(socket, error));
  }

  #dress(response: ServerResponse): void {
    if (this.#parts.transport === "socket") return;
    for (const [name, value] of Object.entries(TCP_HEADERS)) response.setHeader(name, value);
  }

  #unreadable(error: Error, socket: Socket): void {
    const refusal = unreadable(error, socket, this.#parts.limits);
    if (refusal === null) socket.destroy();
    else this.#refuseLast(socket, refusal);
  }
}

function noProxy(): Refusal {
  return new Refusal({ code: "method-not-allowed", detail: "this is no proxy", hint: "ask it for what it has itself" });
}

function tooEarly(): Refusal {
  const detail = "this became something else before its earlier requests were answered";
  return new Refusal({ code: "bad-request", detail, hint: "open a connection for it", reason: "pipelined" });
}

function noExpectation({ headers }: IncomingMessage): Refusal {
  const detail = `nobody here meets the expectation ${JSON.stringify(headers.expect ?? "")}`;
  return new Refusal({ code: "bad-request", detail, hint: "leave Expect out", reason: "expect" });
}
