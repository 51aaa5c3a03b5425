import { randomInt } from "node:crypto";
import type { Clock } from "@mimolo/supervisor";
import type { Caller } from "../login/access.ts";
import { Refusal } from "../guard/refusal.ts";
import { digestOf, sameDigest } from "../login/secrets.ts";

const LIFE_MS = 2 * 60 * 1000;
const TRIES = 5;
/** Callers whose requests wait at the same time. */
const MOST = 16;

/** What somebody at the terminal is asked to say yes to, by telling its code. */
export interface Confirmation {
  /** Six digits. */
  readonly code: string;
  readonly plugin_id: string;
  readonly capabilities: readonly string[];
  readonly expires_at: string;
}

export type ConfirmedRequest = Pick<Confirmation, "plugin_id" | "capabilities">;

interface Waiting {
  readonly about: string;
  readonly digest: string;
  readonly endsAtMs: number;
  readonly expiresAt: string;
  triesLeft: number;
}

export interface ConfirmationParts {
  readonly clock: Clock;
  /** Shows it where the collector runs, and nowhere else. */
  show(confirmation: Confirmation): void;
  /** Hears of every wrong code. */
  failed?(): void;
}

/** Lets a page do what a person at the terminal confirms: one request of one caller at a time, exactly as it was asked. */
export class Confirmations {
  readonly #parts: ConfirmationParts;
  readonly #waiting = new Map<string, Waiting>();

  constructor(parts: ConfirmationParts) {
    this.#parts = parts;
  }

  /** Returns once `code` is the one that was shown for this request of this caller; throws `needs-confirmation` otherwise, having
   *  shown one where none is waited for. Over the socket nothing is asked. */
  confirm({ transport, holder = "" }: Caller, request: ConfirmedRequest, code: string | undefined): void {
    if (transport === "socket") return;
    const about = JSON.stringify([request.plugin_id, request.capabilities.toSorted()]);
    const waiting = this.#of(holder);
    if (waiting === undefined) {
      if (code !== undefined) throw needed("wrong-code", "no such request waits for a code", "ask again without one");
      throw asked(this.#ask(holder, about, request));
    }
    if (waiting.triesLeft === 0) throw spent(waiting);
    if (waiting.about !== about) throw busy(waiting);
    if (code === undefined) throw asked(waiting.expiresAt);
    if (!sameDigest(digestOf(code), waiting.digest)) {
      this.#parts.failed?.();
      throw wrong(waiting);
    }
    this.#waiting.delete(holder);
  }

  #of(holder: string): Waiting | undefined {
    const waiting = this.#waiting.get(holder);
    if (waiting === undefined || waiting.endsAtMs > this.#parts.clock.ticksMs()) return waiting;
    this.#waiting.delete(holder);
    return undefined;
  }

  #ask(holder: string, about: string, { plugin_id: pluginId, capabilities }: ConfirmedRequest): string {
    const { clock, show } = this.#parts;
    for (const known of this.#waiting.keys()) this.#of(known);
    if (this.#waiting.size >= MOST) {
      throw new Refusal({
        code: "too-many-requests",
        detail: "too many requests wait for a code",
        hint: "answer or leave them for two minutes",
        reason: "confirmations",
        headers: { "retry-after": String(LIFE_MS / 1000) },
      });
    }
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    const expiresAt = new Date(clock.wallMs() + LIFE_MS).toISOString();
    const endsAtMs = clock.ticksMs() + LIFE_MS;
    this.#waiting.set(holder, { about, digest: digestOf(code), endsAtMs, expiresAt, triesLeft: TRIES });
    show({ code, plugin_id: pluginId, capabilities, expires_at: expiresAt });
    return expiresAt;
  }
}

/** A void code keeps its place until its time is over: nobody gets more tries by asking again. */
function wrong(waiting: Waiting): Refusal {
  waiting.triesLeft -= 1;
  if (waiting.triesLeft === 0) return spent(waiting);
  return needed("wrong-code", "this is not the code that the terminal shows", "look again and send it as `code`");
}

function spent({ expiresAt }: Waiting): Refusal {
  return needed("too-many-tries", "the code was wrong too often and is void", `ask for another after ${expiresAt}`);
}

function busy({ expiresAt }: Waiting): Refusal {
  return needed("another-waits", "another request of yours waits for its code", `answer it, or ask after ${expiresAt}`);
}

function asked(expiresAt: string): Refusal {
  return needed(
    "code-shown",
    `the terminal where the collector runs shows a code; it holds until ${expiresAt}`,
    "send the same request again with it as `code`",
  );
}

function needed(reason: string, detail: string, hint: string): Refusal {
  return new Refusal({ code: "needs-confirmation", detail, hint, reason });
}
