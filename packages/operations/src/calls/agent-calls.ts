import { MAX_LINE_BYTES_CEILING, type WireMessage } from "@mimolo/protocol";
import type { Clock, OutgoingCommand } from "@mimolo/supervisor";
import { type CallEvent, type CallOutcome, type PendingCall, step } from "./pending-calls.ts";

const DEFAULT_TIMEOUT_MS = 5_000;

/** What an agent is asked behind an interface. */
export interface Call {
  readonly interface: string;
  readonly method: string;
  readonly params: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
  /** Default 5 s. */
  readonly timeoutMs?: number;
}

/** The agent as calls see it: the part of `SupervisedAgent` they need. */
export interface Callee {
  readonly snapshot: { readonly state: string };
  has(feature: string): boolean;
  send(command: OutgoingCommand): boolean;
}

/** Calls to one agent, and news that want no answer. An agent that crashes or never answers is an outcome, never an error of
 *  ours. */
export class AgentCalls {
  readonly #clock: Clock;
  readonly #callee: () => Callee;
  readonly #waiting = new Map<string, (outcome: CallOutcome) => void>();
  #pending: readonly PendingCall[] = [];
  #last = 0;

  constructor(clock: Clock, callee: () => Callee) {
    this.#clock = clock;
    this.#callee = callee;
  }

  /** What the process does, and whether it can be called. */
  get state(): string {
    return this.#callee().snapshot.state;
  }

  /** True for a feature that the running process announced. */
  has(feature: string): boolean {
    return this.state === "running" && this.#callee().has(feature);
  }

  /** Asks and resolves with the answer, whatever becomes of it. */
  invoke({ timeoutMs = DEFAULT_TIMEOUT_MS, ...params }: Call): Promise<CallOutcome> {
    const name = `${params.interface}.${params.method}`;
    if (this.state !== "running") return failed("not-running", `the agent is ${this.state}`);
    if (!this.has("invoke")) return failed("not-offered", "the agent does not announce invoke");
    const command = { cmd: "invoke", id: `call-${++this.#last}`, params };
    if (Buffer.byteLength(JSON.stringify(command)) >= MAX_LINE_BYTES_CEILING) {
      return failed("too-large", `${name}: the question does not fit a line`);
    }
    const { id } = command;
    const dueMs = this.#clock.ticksMs() + timeoutMs;
    const over = new AbortController();
    const outcome = new Promise<CallOutcome>((resolve) => {
      this.#waiting.set(id, (settled) => {
        over.abort();
        resolve(settled);
      });
    });
    // Before it is said: the answer may be here at once.
    this.#take({ type: "asked", call: { id, name, dueMs } });
    this.#clock.after(timeoutMs, () => this.#take({ type: "time-passed", nowMs: dueMs }), over.signal);
    if (!this.#callee().send(command)) {
      const unread = { ok: false, code: "busy", message: "the agent does not read its commands" } as const;
      this.#take({ type: "answered", id, outcome: unread });
    }
    return outcome;
  }

  /** News for whoever announced `feature`; true when it was said. */
  tell(feature: string, command: OutgoingCommand): boolean {
    return this.has(feature) && this.#callee().send(command);
  }

  /** False when nobody waits for that answer, or no longer. */
  result({ id, ok, data, error }: Extract<WireMessage, { type: "result" }>): boolean {
    if (!this.#waiting.has(id)) return false;
    const message = error?.message ?? "the agent gave no reason";
    const outcome = ok ? { ok, data: data ?? null } : { ok, code: error?.code ?? "failed", message };
    this.#take({ type: "answered", id, outcome });
    return true;
  }

  /** The agent's process does something else now. */
  moved(state: string): void {
    if (state !== "running") this.#take({ type: "ended" });
  }

  #take(event: CallEvent): void {
    const { pending, settled } = step(this.#pending, event);
    this.#pending = pending;
    for (const { id, outcome } of settled) {
      const settle = this.#waiting.get(id);
      this.#waiting.delete(id);
      settle?.(outcome);
    }
  }
}

function failed(code: string, message: string): Promise<CallOutcome> {
  return Promise.resolve({ ok: false, code, message });
}
