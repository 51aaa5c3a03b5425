import { MAX_LINE_BYTES_CEILING, type WireMessage } from "@mimolo/protocol";
import { Alarm, type Clock, type OutgoingCommand } from "@mimolo/supervisor";
import { type CallOutcome, failed, type Progress } from "./call-outcome.ts";
import { CallTable, type PendingCall } from "./call-table.ts";
import type { Caller } from "./plugin-call.ts";

export const DEFAULT_TIMEOUT_MS = 5_000;
/** Calls that one agent may have under way. */
export const MOST_IN_FLIGHT = 256;
/** Progress is told in so many characters. */
const MESSAGE_CHARACTERS = 512;

/** What an agent is asked behind an interface. */
export interface Call {
  readonly interface: string;
  readonly method: string;
  readonly params: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
  /** Default 5 s. */
  readonly timeoutMs?: number | undefined;
  /** Default: the collector itself. */
  readonly by?: Caller | undefined;
  /** Hears of progress. */
  readonly progressed?: ((progress: Progress) => void) | undefined;
}

/** The agent as calls see it: the part of `SupervisedAgent` they need. */
export interface Callee {
  /** `hasRoom`: its pipe takes a command at once. */
  readonly vitals: { readonly state: string; readonly hasRoom: boolean };
  has(feature: string): boolean;
  send(command: OutgoingCommand): boolean;
}

/** Is told of every call that was sent, once it is over. */
export type CallHeard = (call: Call, outcome: CallOutcome, tookMs: number) => void;

/** Calls to one agent, and news that want no answer. An agent that crashes or never answers is an outcome, never an error of
 *  ours. */
export class AgentCalls {
  readonly #clock: Clock;
  readonly #callee: () => Callee;
  readonly #heard: CallHeard | null;
  /** Most agents are never called. */
  #under: { readonly table: CallTable; readonly alarm: Alarm; readonly waiting: PendingCall[] } | null = null;
  #wakesAtMs = Number.POSITIVE_INFINITY;
  #last = 0;
  #late = 0;

  constructor(clock: Clock, callee: () => Callee, heard: CallHeard | null = null) {
    this.#clock = clock;
    this.#callee = callee;
    this.#heard = heard;
  }

  /** What the process does, and whether it can be called. */
  get state(): string {
    return this.#callee().vitals.state;
  }

  /** Answers that came after their time, or that nobody asked for. */
  get late(): number {
    return this.#late;
  }

  /** Calls under way. */
  get inFlight(): number {
    return this.#under?.table.size ?? 0;
  }

  /** True for a feature that the running process announced. */
  has(feature: string): boolean {
    return this.state === "running" && this.#callee().has(feature);
  }

  /** Asks and resolves with the answer, whatever becomes of it. */
  invoke(call: Call): Promise<CallOutcome> {
    const refusal = this.#refusal();
    if (refusal !== null) return Promise.resolve(refusal);
    const id = `call-${++this.#last}`;
    const { interface: name, method, params, context, timeoutMs = DEFAULT_TIMEOUT_MS } = call;
    const command = { cmd: "invoke", id, params: { interface: name, method, params, context } };
    const fault = unfitness(command, nameOf(call));
    if (fault !== null) return Promise.resolve(fault);
    const startedMs = this.#clock.ticksMs();
    return new Promise((resolve) => {
      const pending: PendingCall = {
        id,
        name: nameOf(call),
        timeoutMs,
        dueMs: startedMs + timeoutMs,
        renewals: 0,
        isSent: false,
        command,
        progressed: call.progressed,
        settle: (outcome) => {
          if (pending.isSent) this.#heard?.(call, outcome, this.#clock.ticksMs() - startedMs);
          resolve(outcome);
        },
      };
      this.#ask(pending);
    });
  }

  /** News for whoever announced `feature`; true when it was said. */
  tell(feature: string, command: OutgoingCommand): boolean {
    return this.has(feature) && this.#callee().send(command);
  }

  /** False when nobody waits for that answer, or no longer. */
  result({ id, ok, data, error }: Extract<WireMessage, { type: "result" }>): boolean {
    const pending = this.#under?.table.take(id);
    if (pending === undefined) {
      this.#late += 1;
      return false;
    }
    const message = error?.message ?? "the agent gave no reason";
    pending.settle(ok ? { ok, data: data ?? null } : { ok, code: error?.code ?? "failed", message, isOwn: true });
    return true;
  }

  /** True when that event tells of a call that is under way; its time starts anew, ten times at most. */
  progressed({ data }: Extract<WireMessage, { type: "event" }>): boolean {
    if (this.#under === null || data.event !== "progress") return false;
    const { call: id, percent, message } = Object(data.payload) as Record<string, unknown>;
    const call = typeof id === "string" ? this.#under.table.renew(id, this.#clock.ticksMs()) : undefined;
    if (call === undefined) return false;
    call.progressed?.({
      ...(typeof percent === "number" ? { percent } : {}),
      ...(typeof message === "string" ? { message: message.slice(0, MESSAGE_CHARACTERS) } : {}),
    });
    return true;
  }

  /** Its pipe takes commands again. */
  goOn(): void {
    const { waiting = [] } = this.#under ?? {};
    while (waiting.length > 0 && this.#callee().vitals.hasRoom) {
      const next = waiting.shift();
      // Its time may have run out meanwhile.
      if (next !== undefined && next.dueMs > this.#clock.ticksMs()) this.#send(next);
    }
  }

  /** The agent's process does something else now; `cause` in a few words. */
  moved(state: string, cause: string): void {
    if (state === "running" || this.#under === null) return;
    const { table, alarm, waiting } = this.#under;
    alarm.end();
    this.#wakesAtMs = Number.POSITIVE_INFINITY;
    waiting.length = 0;
    for (const call of table.all())
      call.settle(failed("ended", `the agent ended (${cause}) before it answered ${call.name}`));
  }

  #refusal(): CallOutcome | null {
    if (this.state !== "running") return failed("not-running", `the agent is ${this.state}`);
    if (!this.has("invoke")) return failed("not-offered", "the agent does not announce invoke");
    if (this.inFlight >= MOST_IN_FLIGHT) return failed("busy", `${MOST_IN_FLIGHT} calls to the agent are under way`);
    return null;
  }

  #ask(call: PendingCall): void {
    this.#under ??= { table: new CallTable(), alarm: new Alarm(this.#clock), waiting: [] };
    const { table, waiting } = this.#under;
    // Before it is said: the answer may be here at once.
    table.add(call);
    this.#wakeAt(call.dueMs);
    if (waiting.length > 0 || !this.#callee().vitals.hasRoom) waiting.push(call);
    else this.#send(call);
  }

  #send(call: PendingCall): void {
    call.isSent = true;
    if (this.#callee().send(call.command)) return;
    call.isSent = false;
    this.#under?.table.take(call.id)?.settle(failed("busy", "the agent does not read its commands"));
  }

  #wakeAt(dueMs: number): void {
    if (dueMs >= this.#wakesAtMs) return;
    this.#wakesAtMs = dueMs;
    this.#under?.alarm.set(Math.max(0, dueMs - this.#clock.ticksMs()), () => this.#lookAtTheTime());
  }

  #lookAtTheTime(): void {
    if (this.#under === null) return;
    this.#wakesAtMs = Number.POSITIVE_INFINITY;
    const { table } = this.#under;
    for (const call of table.overdue(this.#clock.ticksMs())) call.settle(late(call));
    const { nextDueMs } = table;
    if (Number.isFinite(nextDueMs)) this.#wakeAt(nextDueMs);
  }
}

function nameOf(call: Pick<Call, "interface" | "method">): string {
  return `${call.interface}.${call.method}`;
}

/** Why a question cannot be put on a line; `null` when it can. */
function unfitness(command: object, name: string): CallOutcome | null {
  try {
    const text = JSON.stringify(command);
    // No character takes more than three bytes for each of its units.
    if (text.length * 3 < MAX_LINE_BYTES_CEILING || Buffer.byteLength(text) < MAX_LINE_BYTES_CEILING) return null;
    return failed("too-large", `${name}: the question does not fit a line`);
  } catch (error) {
    return failed("invalid-params", `${name}: what is asked is no JSON (${String(error)})`);
  }
}

/** Its time is over. A question that the agent never read says nothing about its answer. */
function late({ name, timeoutMs, isSent }: PendingCall): CallOutcome {
  if (!isSent) return failed("busy", "the agent does not read its commands");
  return failed("timed-out", `${name} was not answered within ${timeoutMs / 1000} s`);
}
