import type { LoginReport, Scope } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { digestOf, newSecret, sameDigest } from "./secrets.ts";
import { Sessions } from "./sessions.ts";
import { ownToken } from "./token-file.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFE_MS = 30 * DAY_MS;

export interface Known {
  readonly scope: Scope;
  /** The token's digest. */
  readonly holder: string;
}

export interface TokenFiles {
  /** The owner's own token. */
  readonly token: string;
  /** Digests of those that were handed out. */
  readonly sessions: string;
}

/** Every token that opens something over TCP. */
export class Tokens {
  readonly #clock: Pick<Clock, "wallMs">;
  readonly #sessions: Sessions;
  readonly #own: Known;

  constructor(files: TokenFiles, clock: Pick<Clock, "wallMs">) {
    this.#clock = clock;
    this.#sessions = new Sessions(files.sessions);
    this.#own = { scope: "admin", holder: digestOf(ownToken(files.token)) };
  }

  /** What a token is good for; `null` for one that is none of ours. */
  known(token: string): Known | "expired" | null {
    return this.#knownBy(digestOf(token));
  }

  /** Whether the token with this digest is good for something. */
  holds(holder: string): boolean {
    const known = this.#knownBy(holder);
    return known !== null && known !== "expired";
  }

  /** A new one, for 30 days; over restarts too. */
  make(scope: Scope): LoginReport {
    const token = newSecret(256);
    const expires = new Date(this.#clock.wallMs() + LIFE_MS).toISOString();
    this.#sessions.add({ digest: digestOf(token), scope, expires_at: expires });
    return { token, scope, expires_at: expires };
  }

  /** Whether it is ended; the owner's own is not, it ends with its file. */
  end(holder: string): boolean {
    if (sameDigest(holder, this.#own.holder)) return false;
    this.#sessions.remove(holder);
    return true;
  }

  endAll(): void {
    this.#sessions.clear();
  }

  #knownBy(holder: string): Known | "expired" | null {
    if (sameDigest(holder, this.#own.holder)) return this.#own;
    const session = this.#sessions.all.find(({ digest }) => sameDigest(holder, digest));
    if (session === undefined) return null;
    const leftMs = Date.parse(session.expires_at) - this.#clock.wallMs();
    // More than any token ever has: it was made by a clock that ran ahead, and would outlive all others.
    return leftMs <= 0 || leftMs > LIFE_MS + DAY_MS ? "expired" : { scope: session.scope, holder };
  }
}
