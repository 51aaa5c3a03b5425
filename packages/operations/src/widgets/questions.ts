import { Alarm, type Clock, type OutgoingCommand } from "@mimolo/supervisor";

/** What became of a question to an agent. */
export type Answered =
  | { readonly ok: true; readonly message: string | null }
  | { readonly ok: false; readonly code: QuestionFailure; readonly message: string };

export type QuestionFailure =
  | "not-running"
  | "too-many-requests"
  | "command-not-taken"
  | "too-large"
  | "timed-out"
  | "ended"
  | "refused";

/** So many may be under way with one agent. */
const MOST = 8;

interface Question {
  readonly id: string;
  /** What it is answered with. */
  readonly wants: "frame" | "ack";
  readonly dueMs: number;
  settle(answer: Answered): void;
}

/** What an agent is asked about its widget, each question with its time. An agent that never answers is an answer. */
export class Questions {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #open = new Map<string, Question>();
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock);
  }

  /** Sends `command` by `send`, and resolves when it is answered or `limitMs` are over. */
  ask(
    command: OutgoingCommand,
    { wants, limitMs, send }: Pick<Question, "wants"> & { limitMs: number; send(command: OutgoingCommand): boolean },
  ): Promise<Answered> {
    if (this.#open.size >= MOST)
      return Promise.resolve(failed("too-many-requests", `${MOST} requests to its widget are under way`));
    const id = `widget-${++this.#last}`;
    return new Promise((resolve) => {
      // Before it is said: the answer may be here at once.
      this.#open.set(id, { id, wants, dueMs: this.#clock.ticksMs() + limitMs, settle: resolve });
      if (!send({ ...command, id })) this.#settle(id, failed("command-not-taken", "it does not read its commands"));
      else this.#watch();
    });
  }

  /** A frame came. One that answers nothing in particular serves whoever waits for one. */
  drawn(requestId: string | undefined): void {
    for (const { id, wants } of this.#open.values()) {
      if (wants === "frame" && (requestId ?? id) === id) this.#settle(id, { ok: true, message: null });
    }
  }

  /** A frame came that is none. */
  refused(why: string): void {
    for (const { id, wants } of this.#open.values()) {
      if (wants === "frame") this.#settle(id, failed("refused", why));
    }
  }

  /** An action is done; one that does not say which is the oldest. */
  acknowledged(id: string | undefined, message: string | undefined): void {
    for (const open of this.#open.values()) {
      if (open.wants !== "ack" || (id ?? open.id) !== open.id) continue;
      this.#settle(open.id, { ok: true, message: message ?? null });
      return;
    }
  }

  /** Its process is gone. */
  ended(cause: string): void {
    for (const id of this.#open.keys()) this.#settle(id, failed("ended", `it ended (${cause}) before it answered`));
  }

  #settle(id: string, answer: Answered): void {
    const question = this.#open.get(id);
    if (question === undefined) return;
    this.#open.delete(id);
    if (this.#open.size === 0) this.#alarm.end();
    question.settle(answer);
  }

  #watch(): void {
    const dues = [...this.#open.values()].map(({ dueMs }) => dueMs);
    if (dues.length === 0) return;
    this.#alarm.set(Math.max(0, Math.min(...dues) - this.#clock.ticksMs()), () => {
      const nowMs = this.#clock.ticksMs();
      for (const { id, dueMs } of this.#open.values()) {
        if (dueMs <= nowMs) this.#settle(id, failed("timed-out", "it did not answer in time"));
      }
      this.#watch();
    });
  }
}

export function failed(code: QuestionFailure, message: string): Answered {
  return { ok: false, code, message };
}
