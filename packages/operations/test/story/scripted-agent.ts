import type { Child, ChildEvents, Clock, Spawn } from "@mimolo/supervisor";

/** The params of an `invoke` of `aggregate.filter`. */
export interface Invoked {
  readonly interface: string;
  readonly method: string;
  readonly params: { readonly data_header: string; readonly items: readonly unknown[] };
}

/** An agent played by the test: it says what the script makes it say, on the test's clock, without a process. */
export class ScriptedAgent {
  /** Commands it was sent, in order. */
  readonly heard: string[] = [];
  /** The factors of `throttle` it was sent. */
  readonly throttled: number[] = [];
  /** What it announces in its handshake. */
  features: readonly string[] = ["summary"];
  /** How long it takes to answer a flush. */
  flushTakesMs = 0;
  /** Whether it saw work since the last flush. */
  worked = false;
  /** A deaf agent neither beats nor answers. */
  deaf = false;
  /** What it says to an `invoke`, the id apart; nothing by default. */
  answer: (params: Invoked) => object | null = () => null;
  /** Said right after its handshake. */
  metadata: object | null = null;
  /** How often a process of it was started. */
  starts = 0;
  readonly #clock: Clock;
  #say: (message: object) => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly spawn: Spawn = (_request, events) => {
    this.starts++;
    const life = new AbortController();
    this.#say = (message) => {
      const stamped = { timestamp: new Date(this.#clock.wallMs()).toISOString(), ...message };
      events.stdout(Buffer.from(`${JSON.stringify(stamped)}\n`));
    };
    const beat = () => {
      if (!this.deaf) this.#say({ type: "heartbeat", metrics: { pending: this.worked ? 1 : 0 } });
      this.#clock.after(5_000, beat, life.signal);
    };
    const hello = () => {
      this.#say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: this.features });
      if (this.metadata !== null) this.#say({ type: "metadata", data: this.metadata });
      beat();
    };
    this.#clock.after(1, hello, life.signal);
    return this.#child(events, life);
  };

  say(message: object): void {
    this.#say(message);
  }

  #obey(line: string, end: () => void): void {
    const { cmd, id, sequence, params } = JSON.parse(line) as {
      cmd: string;
      id?: string;
      sequence?: string[];
      params?: { factor?: number };
    };
    const answer = cmd === "invoke" ? this.answer(params as Invoked) : null;
    if (answer !== null) this.#say({ type: "result", id, ...answer });
    if (cmd === "throttle") this.throttled.push(params?.factor ?? Number.NaN);
    for (const step of cmd === "sequence" ? (sequence ?? []) : [cmd]) {
      this.heard.push(step);
      if (step === "flush" && this.flushTakesMs === 0) this.#summarize();
      else if (step === "flush")
        this.#clock.after(this.flushTakesMs, () => this.#summarize(), new AbortController().signal);
      if (step === "status") this.#say({ type: "status", health: "ok" });
      if (step === "shutdown") end();
    }
  }

  #summarize(): void {
    const activity = { mode: "active", keep_alive: this.worked, reason: "played" };
    this.#say({ type: "summary", data: { activity_signal: activity }, metrics: { interval_s: 30 } });
    this.worked = false;
  }

  #child(events: ChildEvents, life: AbortController): Child {
    const end = (code: number | null, signal: string | null) => {
      if (life.signal.aborted) return;
      life.abort();
      this.#clock.after(0, () => events.exited(code, signal), new AbortController().signal);
      events.outputEnded();
    };
    return {
      pid: 4_000_000 + this.starts,
      write: (text) => {
        if (!this.deaf) for (const line of text.trimEnd().split("\n")) this.#obey(line, () => end(0, null));
        return true;
      },
      closeInput: () => undefined,
      signalGroup: (signal) => {
        end(null, signal);
        return true;
      },
      groupAlive: () => !life.signal.aborted,
      pauseOutput: () => undefined,
      resumeOutput: () => undefined,
      release: () => undefined,
    };
  }
}
