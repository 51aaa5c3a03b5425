import type { Duplex } from "node:stream";
import type { ControlNotice } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import type { WebSocket } from "ws";
import { Allowance } from "../../requests/allowance.ts";
import type { Caller, Transport } from "../login/access.ts";
import { FRESH_TOKEN } from "../guard/bearer.ts";
import type { Guard } from "../guard/guard.ts";
import { ProblemError, problemOf } from "../problems/problem.ts";
import { SAY_FIRST, type Subscription, readSubscription } from "./messages.ts";
import type { PlaceHolder } from "./places.ts";
import { CLOSING, Subscriber, type SubscriberParts } from "./subscriber.ts";

const FIRST_WORD_WITHIN_MS = 5_000;
const PING_EVERY_MS = 20_000;
const MOST_UNANSWERED_PINGS = 2;
const MESSAGES = { perSecond: 10, burst: 10 };
/** So long a client that is told to go may take to read why. */
const FAREWELL_MS = 10_000;

export interface ConnectionParts extends Pick<SubscriberParts, "page" | "commitOf" | "timeline" | "cooldownMs"> {
  readonly socket: Duplex;
  readonly webSocket: WebSocket;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly guard: Pick<Guard, "callerWith" | "isStillAdmitted">;
  /** `null`: its first message has to bring a token. */
  readonly caller: Caller | null;
  /** Everything before this is told; the next batch begins after it. */
  readonly settle: () => number;
  /** Up to here a client may have read. */
  readonly durableSeq: () => number;
  readonly subscribed: () => void;
  readonly ended: () => void;
}

/** A client's WebSocket: hears what it wants, looks after it, and sees it off. */
export class Connection implements PlaceHolder {
  readonly subscriber: Subscriber;
  readonly transport: Transport;
  readonly #parts: ConnectionParts;
  readonly #openedAtMs: number;
  readonly #allowance: Allowance;
  #caller: Caller | null;
  #hasSubscribed = false;
  #pingedAtMs: number;
  #unanswered = 0;
  #closedAtMs: number | null = null;

  constructor(parts: ConnectionParts) {
    const { socket, webSocket, clock, page, commitOf, timeline, cooldownMs } = parts;
    this.#parts = parts;
    this.transport = parts.transport;
    this.#caller = parts.caller;
    this.#openedAtMs = clock.ticksMs();
    this.#pingedAtMs = this.#openedAtMs;
    this.#allowance = new Allowance(MESSAGES, this.#openedAtMs);
    const written = () => this.subscriber.written();
    this.subscriber = new Subscriber({
      clock,
      page,
      commitOf,
      timeline,
      cooldownMs,
      write: (bytes) => void socket.write(bytes, written),
      close: (code, reason) => this.close(code, reason),
    });
    webSocket.on("message", (data: Buffer, isBinary) => this.#heard(data, isBinary));
    webSocket.on("pong", () => (this.#unanswered = 0));
    // What the client does wrong (a message too long, a frame that is none) closes it, and that is all.
    webSocket.on("error", () => undefined);
    webSocket.on("close", () => {
      this.subscriber.end();
      parts.ended();
    });
  }

  get standing(): PlaceHolder["standing"] {
    if (this.#hasSubscribed) return "subscribed";
    return this.#caller === null ? "stranger" : "newcomer";
  }

  /** Looks after it; to be called about once a second. */
  look(): void {
    const { clock, webSocket, guard } = this.#parts;
    const nowMs = clock.ticksMs();
    if (this.#closedAtMs !== null) {
      if (nowMs - this.#closedAtMs >= FAREWELL_MS) webSocket.terminate();
      return;
    }
    if (!this.#hasSubscribed && nowMs - this.#openedAtMs >= FIRST_WORD_WITHIN_MS)
      return this.#refuse(new ProblemError("request-too-slow", "no subscription within 5 s", SAY_FIRST));
    this.subscriber.look();
    if (nowMs - this.#pingedAtMs < PING_EVERY_MS) return;
    this.#pingedAtMs = nowMs;
    if (this.#caller !== null && !guard.isStillAdmitted(this.#caller)) return this.#refuse(noLonger());
    if (this.#unanswered >= MOST_UNANSWERED_PINGS) return webSocket.terminate();
    this.#unanswered += 1;
    webSocket.ping();
  }

  close(code: number, reason: string): void {
    if (this.#closedAtMs !== null) return;
    this.#closedAtMs = this.#parts.clock.ticksMs();
    this.subscriber.end();
    this.#parts.webSocket.close(code, reason);
  }

  giveWay(): void {
    const why = new ProblemError("too-many-requests", "others want this place", "subscribe as soon as you come");
    this.#refuse(why, CLOSING.tryAgain);
    this.cut();
  }

  cut(): void {
    this.#parts.webSocket.terminate();
  }

  #heard(data: Buffer, isBinary: boolean): void {
    if (this.#closedAtMs !== null) return;
    try {
      if (!this.#allowance.take(this.#parts.clock.ticksMs()))
        throw new ProblemError("too-many-requests", "more than 10 messages in a second");
      if (isBinary) throw new ProblemError("invalid-parameter", "the message is binary", "send JSON as text");
      this.#subscribe(readSubscription(data.toString("utf8")));
    } catch (error) {
      this.#refuse(error);
    }
  }

  #subscribe({ token, wanted, resume }: Subscription): void {
    if (!this.#hasSubscribed) this.#admit(token);
    const through = this.#parts.settle();
    const newest = Math.max(through, this.#parts.durableSeq());
    if (resume !== undefined && resume > newest)
      throw new ProblemError(
        "invalid-parameter",
        `resume: there is no record ${resume}, the newest is ${newest}`,
        "subscribe without resume, and read GET /timeline",
      );
    this.#hasSubscribed = true;
    this.subscriber.subscribe(wanted, through, resume);
    this.#parts.subscribed();
  }

  #admit(token: string | undefined): void {
    if (this.#caller !== null) return;
    if (token === undefined) {
      const hint = `the first message brings it: {token, subscribe}; ${FRESH_TOKEN}`;
      throw new ProblemError("unauthorized", "there is no token", hint, "missing-token");
    }
    this.#caller = this.#parts.guard.callerWith(token);
    if (this.#caller === null)
      throw new ProblemError("unauthorized", "the token is not a valid one", FRESH_TOKEN, "bad-token");
  }

  #refuse(error: unknown, closing: number = CLOSING.policy): void {
    const { code, detail, hint } = problemOf(error);
    const at = new Date(this.#parts.clock.wallMs()).toISOString();
    const notice: ControlNotice = { type: "error", at, code, detail, ...(hint === undefined ? {} : { hint }) };
    this.#parts.webSocket.send(JSON.stringify(notice));
    this.close(code === "internal" ? CLOSING.internal : closing, reasonOf(`${code}: ${detail}`));
  }
}

/** A close frame has room for 123 bytes. */
function reasonOf(text: string): string {
  return Buffer.from(text)
    .subarray(0, 120)
    .toString("utf8")
    .replace(/\uFFFD+$/u, "");
}

function noLonger(): ProblemError {
  return new ProblemError("unauthorized", "the token holds no longer", "log in again", "expired-token");
}
