import type { OutgoingCommand } from "@mimolo/supervisor";
import type { CallOutcome, Progress } from "./call-outcome.ts";

/** How often a sign of progress starts a call's time anew. */
const MOST_RENEWALS = 10;

/** A call that waits for its `result`. */
export interface PendingCall {
  readonly id: string;
  /** `<interface>.<method>`, for people. */
  readonly name: string;
  readonly timeoutMs: number;
  /** Monotonic milliseconds. */
  dueMs: number;
  renewals: number;
  /** Whether the agent was asked; else the question waits for the pipe. */
  isSent: boolean;
  readonly command: OutgoingCommand;
  settle(outcome: CallOutcome): void;
  readonly progressed: ((progress: Progress) => void) | undefined;
}

/** Calls to one agent that are under way: each is taken out once, by its answer, its time or the agent's end. */
export class CallTable {
  readonly #calls = new Map<string, PendingCall>();

  get size(): number {
    return this.#calls.size;
  }

  /** When the first of them is due; infinite without any. */
  get nextDueMs(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { dueMs } of this.#calls.values()) next = Math.min(next, dueMs);
    return next;
  }

  add(call: PendingCall): void {
    this.#calls.set(call.id, call);
  }

  take(id: string): PendingCall | undefined {
    const call = this.#calls.get(id);
    if (call !== undefined) this.#calls.delete(id);
    return call;
  }

  /** Takes out those whose time is over. */
  overdue(nowMs: number): readonly PendingCall[] {
    const over = [...this.#calls.values()].filter(({ dueMs }) => dueMs <= nowMs);
    for (const { id } of over) this.#calls.delete(id);
    return over;
  }

  /** Takes out all of them. */
  all(): readonly PendingCall[] {
    const all = [...this.#calls.values()];
    this.#calls.clear();
    return all;
  }

  /** Work goes on: its time starts anew, so often. The call, or `undefined` when there is none of that id. */
  renew(id: string, nowMs: number): PendingCall | undefined {
    const call = this.#calls.get(id);
    if (call === undefined || call.renewals >= MOST_RENEWALS) return call;
    call.renewals += 1;
    call.dueMs = nowMs + call.timeoutMs;
    return call;
  }
}
