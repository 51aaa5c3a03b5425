import type { Child, ChildEvents, Clock } from "@mimolo/supervisor";

/** A command as it comes over the pipe. */
export interface Heard {
  readonly cmd: string;
  readonly id?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a request was answered with. */
export interface Answered {
  readonly ok: boolean;
  readonly data?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** What it is asked behind an interface. */
export interface Asked {
  readonly interface: string;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/** A plugin that the test plays, without a process: it asks, publishes, answers, and reads as fast as it is told to. */
export class PlayedPlugin {
  readonly label: string;
  readonly grants: readonly string[];
  /** Deliveries, in the order it read them. */
  readonly events: Heard["params"][] = [];
  readonly features: readonly string[] = ["invoke", "events"];
  /** The interfaces it announces. */
  readonly interfaces: readonly string[] | null;
  /** What it answers an `invoke`; without an answer it says nothing. */
  answers: (asked: Asked) => unknown = () => undefined;
  /** Called when the collector has taken its handshake. */
  starts: () => void = () => undefined;
  /** Its last deeds; it ends after them. */
  ends: () => Promise<void> | void = () => undefined;
  /** Is handed every delivery. */
  hears: (event: Heard["params"]) => void = () => undefined;
  /** What the pipe holds while it does not read. */
  #unread: Heard[] | null = null;
  readonly #asked = new Map<string, (answer: Answered) => void>();
  #last = 0;
  #events: ChildEvents | null = null;
  #starts = 0;
  #life = new AbortController();

  constructor(label: string, grants: readonly string[] = [], interfaces: readonly string[] | null = null) {
    this.label = label;
    this.grants = grants;
    this.interfaces = interfaces;
  }

  /** Asks the collector; resolves with the answer. */
  request(method: string, params: object = {}, more: object = {}): Promise<Answered> {
    const id = `r-${++this.#last}`;
    const answer = new Promise<Answered>((resolve) => this.#asked.set(id, resolve));
    this.say({ type: "request", id, method, params, ...more });
    return answer;
  }

  /** How many of its requests wait for an answer. */
  get unanswered(): number {
    return this.#asked.size;
  }

  say(message: object): void {
    this.#events?.stdout(Buffer.from(`${JSON.stringify(message)}\n`));
  }

  /** From now on the pipe is full, until `reads`. */
  stopsReading(): void {
    this.#unread ??= [];
  }

  reads(): void {
    const unread = this.#unread ?? [];
    this.#unread = null;
    for (const heard of unread) this.#obey(heard);
    this.#events?.drained();
  }

  /** Its process dies. */
  dies(): void {
    this.#life.abort();
    this.#asked.clear();
    this.#events?.outputEnded();
    this.#events?.exited(1, null);
    this.#events = null;
  }

  spawned(events: ChildEvents, clock: Clock): Child {
    this.#events = events;
    this.#unread = null;
    this.#starts += 1;
    this.#life = new AbortController();
    queueMicrotask(() => {
      this.say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: this.features });
      if (this.interfaces !== null) this.say({ type: "metadata", data: { interfaces: this.interfaces } });
      beat();
    });
    const beat = () => {
      this.say({ type: "heartbeat", timestamp: new Date(clock.wallMs()).toISOString() });
      clock.after(5_000, beat, this.#life.signal);
    };
    return {
      pid: 4_100_000 + this.#starts,
      write: (text) => {
        for (const line of text.trimEnd().split("\n")) this.#take(JSON.parse(line) as Heard);
        return this.#unread === null;
      },
      closeInput: () => undefined,
      signalGroup: () => {
        const lived = this.#events !== null;
        if (lived) queueMicrotask(() => this.dies());
        return lived;
      },
      groupAlive: () => this.#events !== null,
      pauseOutput: () => undefined,
      resumeOutput: () => undefined,
      release: () => undefined,
    };
  }

  #take(heard: Heard): void {
    if (this.#unread === null) this.#obey(heard);
    else this.#unread.push(heard);
  }

  #obey({ cmd, id = "", params }: Heard): void {
    if (cmd === "event") {
      this.events.push(params);
      this.hears(params);
    }
    if (cmd === "response") {
      this.#asked.get(id)?.(params as unknown as Answered);
      this.#asked.delete(id);
    }
    if (cmd === "ack") this.starts();
    if (cmd === "invoke") void this.#answer(id, params as unknown as Asked);
    if (cmd === "sequence" || cmd === "shutdown") void this.#end();
  }

  async #end(): Promise<void> {
    await this.ends();
    this.dies();
  }

  async #answer(id: string, asked: Asked): Promise<void> {
    try {
      const data = await this.answers(asked);
      if (data !== undefined) this.say({ type: "result", id, ok: true, data });
    } catch (error) {
      this.say({ type: "result", id, ok: false, error: { code: "failed", message: String(error) } });
    }
  }
}
