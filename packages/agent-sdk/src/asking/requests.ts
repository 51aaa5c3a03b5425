// What a plugin asks of the collector, and the answers it waits for.
import { CallError } from "../calls/call-error.ts";
import type { Causes } from "../calls/causes.ts";
import type { Clock } from "../clock.ts";
import type { Draft, Sent } from "../voice.ts";

const PATIENCE_MS = 10_000;
const MOST_WAITING = 256;

/** An answer as it stands in the command. */
interface Answer {
  readonly ok: boolean;
  readonly data?: unknown;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

export interface RequestsOptions {
  readonly clock: Clock;
  readonly voice: { say(draft: Draft): Sent };
  readonly causes: Causes;
  /** Hears of each request: its answer must be read. */
  readonly asked: () => void;
}

export class Requests {
  readonly #clock: Clock;
  readonly #voice: { say(draft: Draft): Sent };
  readonly #causes: Causes;
  readonly #asked: () => void;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #last = 0;
  #isOver = false;

  constructor(options: RequestsOptions) {
    this.#clock = options.clock;
    this.#voice = options.voice;
    this.#causes = options.causes;
    this.#asked = options.asked;
  }

  /** Requests that wait for their answers. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Asks; rejects with a `CallError` where the collector refuses, ends, or says nothing for `patienceMs`. */
  ask(method: string, params: object, patienceMs = PATIENCE_MS): Promise<unknown> {
    if (this.#isOver) return refused("ended", "the collector has gone");
    if (this.#waiting.size >= MOST_WAITING) return refused("busy", `${MOST_WAITING} requests wait for their answers`);
    const id = `request-${++this.#last}`;
    const sent = this.#voice.say({ type: "request", id, method, params, cause: this.#causes.current });
    if (!sent.ok) return refused("too-large", `${method}: ${sent.lengthBytes} bytes do not fit a line`);
    const answer = new Promise<unknown>((resolve, reject) => {
      const forget = this.#clock.after(patienceMs, () => {
        const message = `${method} was not answered within ${patienceMs / 1000} s`;
        this.answered(id, { ok: false, error: { code: "timed-out", message } });
      });
      this.#waiting.set(id, ({ ok, data, error }) => {
        forget();
        if (ok) resolve(data ?? null);
        else reject(new CallError(error?.code ?? "failed", error?.message ?? `${method} failed without a reason`));
      });
    });
    this.#asked();
    return answer;
  }

  /** The collector has answered. Answers nobody waits for are left alone. */
  answered(id: string | undefined, answer: Answer): void {
    const settle = this.#waiting.get(id ?? "");
    this.#waiting.delete(id ?? "");
    settle?.(answer);
  }

  /** Nobody will answer any more. */
  end(): void {
    this.#isOver = true;
    const error = { code: "ended", message: "the agent ended before the answer came" };
    for (const id of this.#waiting.keys()) this.answered(id, { ok: false, error });
  }
}

async function refused(code: string, message: string): Promise<never> {
  throw new CallError(code, message);
}
