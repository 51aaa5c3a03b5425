import type { Clock } from "../src/clock.ts";
import type { Child, ChildEvents, Spawn, SpawnFailureCode, SpawnRequest } from "../src/ports.ts";

const encoder = new TextEncoder();

/** A process made of paper: says what the test says, remembers what it was told, dies when asked to. */
export class FakeChild implements Child {
  readonly pid: number;
  readonly request: SpawnRequest;
  readonly written: { cmd: string; [field: string]: unknown }[] = [];
  readonly signals: string[] = [];
  inputClosed = false;
  alive = true;
  /** What `write` answers: false plays a deaf agent. */
  takesMore = true;
  paused = false;
  released = false;
  readonly #events: ChildEvents;

  constructor(pid: number, request: SpawnRequest, events: ChildEvents) {
    this.pid = pid;
    this.request = request;
    this.#events = events;
  }

  write(text: string): boolean {
    this.written.push(JSON.parse(text));
    return this.takesMore;
  }
  closeInput(): void {
    this.inputClosed = true;
  }
  signalGroup(signal: "SIGTERM" | "SIGKILL"): boolean {
    if (this.alive) this.signals.push(signal);
    return this.alive;
  }
  groupAlive(): boolean {
    return this.alive;
  }
  pauseOutput(): void {
    this.paused = true;
  }
  resumeOutput(): void {
    this.paused = false;
  }
  release(): void {
    this.released = true;
  }

  say(...messages: (object | string)[]): void {
    for (const message of messages) {
      const line =
        typeof message === "string" ? message : JSON.stringify({ timestamp: "2026-01-01T00:00:00Z", ...message });
      this.#events.stdout(encoder.encode(`${line}\n`));
    }
  }
  complain(text: string): void {
    this.#events.stderr(encoder.encode(text));
  }
  shakeHands(version = "0.4"): void {
    this.say({ type: "handshake", protocol_version: version, agent_version: "1.0.0" });
  }
  drain(): void {
    this.takesMore = true;
    this.#events.drained();
  }
  exit(code: number | null, signal: string | null = null): void {
    if (!this.alive) return;
    this.exitButHoldOutput(code, signal);
    this.#events.outputEnded();
  }
  /** Dies while somebody out of reach still holds its stdout. */
  exitButHoldOutput(code: number | null, signal: string | null = null): void {
    if (!this.alive) return;
    this.alive = false;
    this.#events.exited(code, signal);
  }
}

/** A spawn port that hands out fake children; `failNext` makes the next attempts fail, a tick of the clock later. */
export function fakeSpawn(clock: Clock) {
  const children: FakeChild[] = [];
  const failures: SpawnFailureCode[] = [];
  const spawn: Spawn = (request, events) => {
    const failure = failures.shift();
    if (failure !== undefined) {
      clock.after(0, () => events.failed(failure, "because the test says so"), new AbortController().signal);
      return null;
    }
    const child = new FakeChild(1_000 + children.length, request, events);
    children.push(child);
    return child;
  };
  return {
    spawn,
    children,
    failNext: (code: SpawnFailureCode) => void failures.push(code),
    get living(): FakeChild[] {
      return children.filter((child) => child.alive);
    },
    get last(): FakeChild {
      const child = children.at(-1);
      if (child === undefined) throw new Error("nothing was spawned");
      return child;
    },
  };
}
