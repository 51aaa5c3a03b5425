// A program's side of a connection to an X server: requests out, replies in the order they were asked for.
import { createConnection, type Socket } from "node:net";
import type { Clock } from "@mimolo/agent-sdk";
import { type Setup, setupReply, setupRequest } from "./setup.ts";

/** A server that answers nothing for so long is as good as gone. */
const PATIENCE_MS = 2_000;
/** No reply to what is asked here comes near it. */
const LONGEST_REPLY_BYTES = 1_048_576;
const ERROR = 0;
const REPLY = 1;
const GENERIC_EVENT = 35;

interface Waiting {
  resolve(reply: Buffer | null): void;
  reject(why: Error): void;
}

/** One connection. Whatever goes wrong with it ends it. */
export class XClient {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #received: Buffer = Buffer.alloc(0);
  #sequence = 0;
  #setup: Setup | null = null;
  #lost: Error | null = null;
  #letIn: ((why: Error | null) => void) | null = null;
  /** Hears of each event, which are 32 bytes. */
  onEvent: (event: Buffer) => void = () => {};

  private constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    socket.on("data", (bytes) => this.#take(bytes));
    // Whether it is a write or the end that tells first is chance.
    socket.on("error", ({ message, syscall }: NodeJS.ErrnoException) => {
      this.#end(new Error(syscall === "connect" ? message : `the X server hung up: ${message}`));
    });
    socket.on("close", () => this.#end(new Error("the X server hung up")));
  }

  /** Connects and is let in; rejects with a sentence for people. */
  static open(socketPath: string, cookie: Uint8Array | null, clock: Clock): Promise<XClient> {
    const socket = createConnection(socketPath);
    // The agent is held by its collector; a screen alone keeps nothing alive.
    socket.unref();
    const client = new XClient(socket, clock);
    return client.#within(
      new Promise((resolve, reject) => {
        client.#letIn = (why) => (why === null ? resolve(client) : reject(why));
        socket.write(setupRequest(cookie));
      }),
    );
  }

  get setup(): Setup {
    if (this.#setup === null) throw new Error("not let in yet");
    return this.#setup;
  }

  get isOpen(): boolean {
    return this.#lost === null;
  }

  /** The reply; `null` when the server refuses, as it does for a window that is gone. Rejects when the connection is. */
  ask(request: Buffer): Promise<Buffer | null> {
    if (this.#lost !== null) return Promise.reject(this.#lost);
    const sequence = this.tell(request);
    return this.#within(new Promise((resolve, reject) => this.#waiting.set(sequence, { resolve, reject })));
  }

  /** For a request without a reply; its number. */
  tell(request: Buffer): number {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    if (this.#lost === null) this.#socket.write(request);
    return this.#sequence;
  }

  close(): void {
    this.#end(new Error("the connection was closed"));
  }

  #take(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    if (this.#setup === null && !this.#begin()) return;
    while (this.#received.length >= 32) {
      const [kind] = this.#received;
      const more = kind === REPLY || kind === GENERIC_EVENT ? 4 * this.#received.readUInt32LE(4) : 0;
      if (more > LONGEST_REPLY_BYTES) return this.#end(new Error("the X server sends more than it was asked for"));
      if (this.#received.length < 32 + more) return;
      const packet = this.#received.subarray(0, 32 + more);
      this.#received = this.#received.subarray(32 + more);
      this.#handle(packet);
    }
  }

  #begin(): boolean {
    const reply = setupReply(this.#received);
    if (reply === null) return false;
    if (!reply.ok) {
      this.#end(new Error(`the X server does not let this program in: ${reply.why}`));
      return false;
    }
    this.#setup = reply.setup;
    this.#received = this.#received.subarray(reply.bytes);
    this.#letIn?.(null);
    return true;
  }

  #handle(packet: Buffer): void {
    const [kind] = packet;
    if (kind !== REPLY && kind !== ERROR) return this.onEvent(packet);
    const sequence = packet.readUInt16LE(2);
    const waiting = this.#waiting.get(sequence);
    this.#waiting.delete(sequence);
    waiting?.resolve(kind === REPLY ? packet : null);
  }

  #end(why: Error): void {
    if (this.#lost !== null) return;
    this.#lost = why;
    this.#socket.destroy();
    this.#letIn?.(why);
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }

  async #within<Value>(answer: Promise<Value>): Promise<Value> {
    const forget = this.#clock.after(PATIENCE_MS, () => this.#end(new Error("the X server does not answer")));
    try {
      return await answer;
    } finally {
      forget();
    }
  }
}
