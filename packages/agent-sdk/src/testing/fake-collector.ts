import { decodeLine, encodeCommand, type MessageType, type WireCommand, type WireMessage } from "@mimolo/protocol/wire";
import type { Runnable } from "../agent.ts";
import type { Monitor } from "../monitor.ts";
import type { SpoolStore } from "../spool-store.ts";
import { type FakeHost, fakeHost } from "./fake-host.ts";
import type { ManualClock } from "./manual-clock.ts";

/** How long, in real time, to wait for a message that real work (a disk, a socket) must come before. */
const PATIENCE_MS = 5000;

type Message<Type extends MessageType> = Extract<WireMessage, { type: Type }>;

/** A command as a test writes it: `params` may be left out. */
export interface CommandDraft {
  readonly cmd: WireCommand["cmd"];
  readonly id?: string;
  readonly params?: object;
}

export interface FakeCollectorOptions {
  /** The agent's settings, sent with the `ack`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** More fields of the `ack`, or `null` to leave the handshake without an answer. */
  readonly ack?: Readonly<Record<string, unknown>> | null;
  /** The agent's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Makes the agent durable: its spool, the same one for its next run. */
  readonly spool?: SpoolStore;
  /** What an earlier run had committed, as `commits` of its collector says. */
  readonly commits?: Iterable<readonly [stream: string, through: number]>;
}

/** A collector in memory, on a manual clock. It refuses what the real one would: such a line makes the test fail. */
export interface FakeCollector {
  readonly host: FakeHost;
  readonly clock: ManualClock;
  /** Everything the agent said so far. */
  readonly messages: readonly WireMessage[];
  /** Starts `agent` and answers its handshake. Settles when the agent works. */
  connect(agent: Runnable): Promise<void>;
  /** Sends a command; settles when the agent has dealt with what needs no waiting. */
  send(command: CommandDraft): Promise<void>;
  /** Moves the clock and lets the agent work at every timer on the way. */
  advance(ms: number): Promise<void>;
  /** The first message of `type` that `next` has not returned yet; waits for it. */
  next<Type extends MessageType>(type: Type): Promise<Message<Type>>;
  /** Messages of one type so far. */
  all<Type extends MessageType>(type: Type): Message<Type>[];
  /** Sends `flush`; the summary that comes of it. */
  flush(): Promise<Message<"summary">>;
  /** Asks for the widget as the page does; the frame that comes. */
  render(canvas?: object): Promise<Message<"widget_frame">>;
  /** Does something in the widget; the ack that comes. */
  act(action: string, payload?: unknown): Promise<Message<"ack">>;
  /** Closes a segment: what `monitor` makes of the items of its events so far. */
  closeSegment<Item, Aggregate>(monitor: Monitor<Item, Aggregate>): Promise<Aggregate>;
  /** Sends `shutdown`; the exit code. */
  shutdown(): Promise<number>;
  /** Ends the agent's stdin; the exit code. */
  hangUp(): Promise<number>;
  /** Commits the evidence that came so far, and tells a durable agent. Nothing else does. */
  commit(refused?: readonly { readonly seq: number; readonly code: string }[]): Promise<void>;
  /** The last number committed of each stream. */
  readonly commits: ReadonlyMap<string, number>;
}

/** A collector for tests of an agent: `connect` it, move its clock, send commands, read messages. */
export function fakeCollector(options: FakeCollectorOptions = {}): FakeCollector {
  const messages: WireMessage[] = [];
  const faults: string[] = [];
  const returned = new Set<WireMessage>();
  const encoder = new TextEncoder();
  const host = fakeHost(
    (line) => {
      const decoded = decodeLine(encoder.encode(line));
      if (decoded.ok && decoded.known) messages.push(decoded.message);
      else faults.push(decoded.ok ? `unknown type: ${line}` : `${decoded.message}: ${line.slice(0, 200)}`);
    },
    options.environment,
    options.spool,
  );
  const commits = new Map(options.commits);
  const settle = async () => {
    for (let turn = 0; turn < 3; turn++) await nextTurn();
    if (faults.length > 0) throw new Error(`a collector would refuse this line: ${faults.join("; ")}`);
  };
  const until = async <Value>(what: string, look: () => Value | undefined): Promise<Value> => {
    const deadlineMs = Date.now() + PATIENCE_MS;
    for (;;) {
      await settle();
      const value = look();
      if (value !== undefined) return value;
      if (Date.now() > deadlineMs) throw new Error(`${what}: nothing came; so far ${describe(messages)}`);
    }
  };
  const all = <Type extends MessageType>(type: Type) =>
    messages.filter((message): message is Message<Type> => message.type === type);
  const exitCode = () => until("the end of the agent", () => host.ending?.code);
  const tellCommitted = (stream: string, refused?: readonly object[]) =>
    collector.send({ cmd: "committed", params: { stream, through: commits.get(stream) ?? 0, refused } });
  let closed = 0;
  let asked = 0;

  const collector: FakeCollector = {
    host,
    clock: host.clock,
    messages,
    all,
    async connect(agent) {
      void agent.run(host);
      const handshake = await collector.next("handshake");
      if (options.ack === null) return;
      const params = { ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4" };
      await collector.send({ cmd: "ack", params: { ...params, config: options.config ?? {}, ...options.ack } });
      if (options.spool !== undefined) await tellCommitted(streamOf(handshake));
      await collector.advance(0);
    },
    async send({ cmd, id, params = {} }) {
      const command = { cmd, ...(id === undefined ? {} : { id }), params } as WireCommand;
      host.feed(encoder.encode(encodeCommand(command)));
      await settle();
    },
    async advance(ms) {
      const endMs = host.clock.ticksMs() + ms;
      for (;;) {
        const stepMs = Math.min(endMs, host.clock.nextDueMs ?? endMs) - host.clock.ticksMs();
        host.clock.advance(Math.max(0, stepMs));
        await settle();
        if (host.clock.ticksMs() >= endMs && (host.clock.nextDueMs ?? Infinity) > endMs) return;
      }
    },
    next: (type) =>
      until(`the next ${type}`, () => {
        const found = all(type).find((message) => !returned.has(message));
        if (found !== undefined) returned.add(found);
        return found;
      }),
    async flush() {
      const before = all("summary").length;
      await collector.send({ cmd: "flush" });
      return until("the summary", () => all("summary")[before]);
    },
    async render(canvas = {}) {
      const id = `widget-${(asked += 1)}`;
      await collector.send({ cmd: "widget_render", id, params: { mode: "tree_v1", canvas } });
      return until("the widget", () => all("widget_frame").find(({ data }) => data.request_id === id));
    },
    async act(action, payload) {
      const id = `widget-${(asked += 1)}`;
      await collector.send({ cmd: "widget_action", id, params: { action, payload } });
      return until(`the ack of ${action}`, () => all("ack").find((ack) => ack.id === id));
    },
    async closeSegment({ spec, filter }) {
      const header = spec.data_header ?? "";
      const items = all("event").flatMap(({ data: { payload } }) =>
        typeof payload === "object" && payload !== null && Object.hasOwn(payload, header)
          ? [(payload as Record<string, unknown>)[header]]
          : [],
      );
      closed += 1;
      await collector.send({ cmd: "segment", params: { phase: "closed", id: `test:${closed}` } });
      return filter(items as Parameters<typeof filter>[0]);
    },
    async shutdown() {
      await collector.send({ cmd: "shutdown" });
      return exitCode();
    },
    async hangUp() {
      host.hangUp();
      return exitCode();
    },
    commits,
    async commit(refused) {
      const [handshake] = all("handshake");
      const changed = new Set(refused === undefined ? [] : [streamOf(handshake)]);
      for (const { seq = 0, ...message } of [...all("summary"), ...all("event")]) {
        const stream = streamOf(message) || streamOf(handshake);
        if (seq <= (commits.get(stream) ?? 0)) continue;
        commits.set(stream, seq);
        changed.add(stream);
      }
      for (const stream of changed) await tellCommitted(stream, refused);
    },
  };
  return collector;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function describe(messages: readonly WireMessage[]): string {
  return messages.length === 0 ? "the agent said nothing" : messages.map(({ type }) => type).join(", ");
}

/** A stream stands in the handshake, and in lines of a stream that began after it. */
function streamOf(message: object | undefined): string {
  return message !== undefined && "stream" in message && typeof message.stream === "string" ? message.stream : "";
}
