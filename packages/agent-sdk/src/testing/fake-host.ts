// A host without a process: pipes in memory, time by hand.
import type { Ending, Host, HostEvents } from "../host.ts";
import type { SpoolStore } from "../spool-store.ts";
import { type ManualClock, manualClock } from "./manual-clock.ts";

/** A host whose surroundings are in the test's hands. */
export interface FakeHost extends Host {
  readonly clock: ManualClock;
  /** How the run ended; `null` while it runs. */
  readonly ending: Ending | null;
  /** CPU time used so far, in milliseconds; set it to make the agent look busy. */
  usedCpuMs: number;
  usedMemoryMib: number;
  /** Changes when the parent dies. */
  parent: number;
  /** Whether the collector reads; while not, a write stays pending. */
  isReading: boolean;
  /** Puts bytes into the agent's stdin. */
  feed(bytes: Uint8Array): void;
  /** Ends the agent's stdin. */
  hangUp(): void;
  /** Breaks the agent's stdout, as a collector does that dies. */
  breakOutput(): void;
  readonly events: HostEvents | null;
}

/** `said` gets every line the agent wrote, without its line end. With a `spool` the agent is durable. */
export function fakeHost(
  said: (line: string) => void,
  environment: Readonly<Record<string, string>> = {},
  spool: SpoolStore | null = null,
): FakeHost {
  const clock = manualClock();
  const chunks: (Uint8Array | null)[] = [];
  const pipe = { isReading: true, isBroken: false };
  let arrived = () => {};
  let resumed = () => {};
  const push = (chunk: Uint8Array | null) => {
    chunks.push(chunk);
    arrived();
  };
  const host = {
    clock,
    environment,
    spool,
    ending: null as Ending | null,
    events: null as HostEvents | null,
    usedCpuMs: 0,
    usedMemoryMib: 7,
    parent: 4242,
    channel: {
      async read() {
        while (chunks.length === 0) await new Promise<void>((resolve) => (arrived = resolve));
        return chunks.shift() ?? null;
      },
      async write(lines: string) {
        while (!pipe.isReading && !pipe.isBroken) await new Promise<void>((resolve) => (resumed = resolve));
        if (pipe.isBroken) throw new Error("EPIPE: nobody reads any more");
        for (const line of lines.split("\n")) if (line !== "") said(line);
      },
    },
    cpuMs: () => host.usedCpuMs,
    memoryMib: () => host.usedMemoryMib,
    parentId: () => host.parent,
    attach(events: HostEvents) {
      host.events = events;
      return () => {
        host.events = null;
      };
    },
    exit(ending: Ending) {
      host.ending ??= ending;
    },
    feed: (bytes: Uint8Array) => push(bytes),
    hangUp: () => push(null),
    breakOutput() {
      pipe.isBroken = true;
      resumed();
    },
    get isReading() {
      return pipe.isReading;
    },
    set isReading(value: boolean) {
      pipe.isReading = value;
      if (value) resumed();
    },
  };
  return host;
}
