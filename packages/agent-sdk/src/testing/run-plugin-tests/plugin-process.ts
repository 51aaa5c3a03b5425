// A plugin in a process of its own, and the collector's side of its wire.
import {
  decodeLine,
  encodeLine,
  framerMaxLineBytes,
  DEFAULT_MAX_LINE_BYTES,
  LineSplitter,
  type Handshake,
  type MessageType,
  type RequestMessage,
  type Result,
  type WireMessage,
} from "@mimolo/protocol/wire";
import type { Readable } from "node:stream";
import { Child } from "../process/child.ts";
import { Lookout } from "../process/lookout.ts";
import { NOTES_FD, type ProbeNote } from "./probe.ts";

type Message<Type extends MessageType> = Extract<WireMessage, { type: Type }>;

export interface Launch {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly answerMs: number;
  /** The `ack`'s params, but for the id of the run. */
  readonly terms: Readonly<Record<string, unknown>>;
  /** Answers a request of the plugin. */
  readonly respond: (request: RequestMessage) => object;
}

const MOST_SHOWN = 800;

export class PluginProcess {
  readonly messages: WireMessage[] = [];
  readonly requests: RequestMessage[] = [];
  /** Lines that a collector refuses, each with the reason. */
  readonly refused: string[] = [];
  /** What was seen from within; only of programs that Node runs. */
  readonly notes: ProbeNote[] = [];
  readonly startedMs = performance.now();
  /** Exit code or signal; `null` while it runs. */
  ending: number | NodeJS.Signals | null = null;
  readonly #child: Child;
  readonly #launch: Launch;
  readonly #lookout = new Lookout();
  /** What answered something, by its id. */
  readonly #answers = new Map<string, WireMessage>();
  #said = "";
  #calls = 0;

  constructor(launch: Launch) {
    this.#launch = launch;
    const { executable, args, cwd, environment } = launch;
    this.#child = new Child({ executable, args, cwd, environment, morePipes: 1 });
    void this.#watch();
    this.#listen();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Everything it wrote, on stdout and stderr. */
  get said(): string {
    return this.#said;
  }

  get handshake(): Handshake | undefined {
    return this.all("handshake")[0];
  }

  all<Type extends MessageType>(type: Type): Message<Type>[] {
    return this.messages.filter((message): message is Message<Type> => message.type === type);
  }

  has(feature: string): boolean {
    return this.handshake?.capabilities?.includes(feature) === true;
  }

  /** Writes a command; the old spelling of its params as well. */
  send(cmd: string, params: object = {}, id?: string): void {
    this.write(encodeLine({ cmd, ...(id === undefined ? {} : { id }), ...params, params, args: params }));
  }

  write(bytes: string | Uint8Array): void {
    if (this.ending === null) this.#child.write(bytes);
  }

  hangUp(): void {
    this.#child.hangUp();
  }

  /** Answers the handshake. */
  accept(terms: object = {}): void {
    const ack = { ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4" };
    this.send("ack", { ...ack, run_id: this.#child.runId, ...this.#launch.terms, ...terms });
    const stream = this.handshake?.stream;
    if (stream !== undefined) this.send("committed", { stream, through: 0 });
  }

  /** The first value that `look` finds, now or within the time of an answer. */
  until<Value>(what: string, look: () => Value | undefined, withinMs = this.#launch.answerMs): Promise<Value> {
    return this.#lookout.until(look, withinMs, {
      lost: () => (this.ending === null ? null : `${what} never came: it ended with ${this.ending}${this.#soFar()}`),
      late: () => `${what} did not come within ${withinMs} ms${this.#soFar()}`,
    });
  }

  /** Sends a command and waits for its `ack`. */
  async obeyed(cmd: string, params: object = {}): Promise<void> {
    const id = this.#id();
    this.send(cmd, params, id);
    await this.until(`the ack of ${cmd}`, () =>
      this.#answers.has(id) || this.all("ack").some((ack) => ack.id === undefined && ack.ack_command === cmd)
        ? true
        : undefined,
    );
  }

  /** Calls it; waits for the `result`. */
  call(call: { interface: string; method: string; params?: unknown; context?: object | undefined }): Promise<Result> {
    const id = this.#id();
    this.write(encodeLine({ cmd: "invoke", id, params: { context: {}, ...call } }));
    const name = `${call.interface}.${call.method}`;
    return this.until(`the answer to ${name}`, () => this.#answers.get(id) as Result | undefined);
  }

  /** Waits for its end; exit code or signal. */
  async ended(what: string, withinMs: number): Promise<number | NodeJS.Signals> {
    return this.until(what, () => this.ending ?? undefined, withinMs);
  }

  /** Processes that it started and that outlive it, once they had a moment to go. */
  leftBehind(): Promise<string[]> {
    return this.#child.leftBehind();
  }

  /** Ends whatever is left of it and of what it started. */
  kill(): Promise<void> {
    return this.#child.kill();
  }

  #id(): string {
    this.#calls += 1;
    return `t${this.#calls}`;
  }

  #listen(): void {
    const { stdout, stderr, stdio } = this.#child.process;
    const lines = new LineSplitter(
      { maxLineBytes: framerMaxLineBytes(DEFAULT_MAX_LINE_BYTES) },
      {
        line: (bytes) => this.#hear(bytes),
        tooLong: (_head, length) => void this.refused.push(`a line of ${length} bytes`),
      },
    );
    const heard = (stream: Readable | null | undefined, take: (chunk: Buffer) => void) =>
      stream?.on("data", (chunk: Buffer) => {
        take(chunk);
        this.#lookout.changed();
      });
    heard(stdout, (chunk) => {
      this.#said += chunk.toString("latin1");
      lines.push(chunk);
    });
    heard(stderr, (chunk) => (this.#said += chunk.toString("latin1")));
    let notes = "";
    heard(stdio[NOTES_FD] as Readable | null | undefined, (chunk) => {
      const [rest = "", ...whole] = (notes + chunk.toString("utf8")).split("\n").toReversed();
      notes = rest;
      for (const line of whole.toReversed()) this.notes.push(JSON.parse(line) as ProbeNote);
    });
  }

  #hear(bytes: Uint8Array): void {
    const decoded = decodeLine(bytes);
    if (!decoded.ok) this.refused.push(`${decoded.message}: ${Buffer.from(bytes).toString("utf8").slice(0, 120)}`);
    if (!decoded.ok || !decoded.known) return;
    const { message } = decoded;
    this.messages.push(message);
    if ((message.type === "ack" || message.type === "result") && message.id !== undefined)
      this.#answers.set(message.id, message);
    if (message.type === "request") {
      this.requests.push(message);
      this.write(encodeLine({ cmd: "response", id: message.id, params: this.#launch.respond(message) }));
    }
    if ((message.type === "summary" || message.type === "event") && message.seq !== undefined) {
      const named = (message as { stream?: unknown }).stream;
      const stream = typeof named === "string" ? named : this.handshake?.stream;
      if (stream !== undefined) this.send("committed", { stream, through: message.seq });
    }
  }

  async #watch(): Promise<void> {
    const end = await this.#child.ended;
    if ("error" in end) this.#said += String(end.error);
    this.ending = "error" in end ? 127 : (end.code ?? end.signal ?? -1);
    this.#lookout.changed();
  }

  #soFar(): string {
    const last = this.#said.trim().slice(-MOST_SHOWN);
    return last === "" ? "; it said nothing" : `; last it said: ${last}`;
  }
}
