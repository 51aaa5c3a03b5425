import type { Scope } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { digestOf, newSecret, sameDigest } from "./secrets.ts";

const LIFE_MS = 5 * 60 * 1000;
const MOST = 16;

interface Code {
  readonly digest: string;
  readonly scope: Scope;
  readonly endsAtMs: number;
}

/** Codes that can be traded for a token, each once and within five minutes; in memory only. */
export class LoginCodes {
  readonly #clock: Clock;
  #codes: readonly Code[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  make(scope: Scope): { code: string; scope: Scope; expires_at: string } {
    const code = newSecret(128);
    this.#codes = [
      ...this.#alive(),
      { digest: digestOf(code), scope, endsAtMs: this.#clock.ticksMs() + LIFE_MS },
    ].slice(-MOST);
    return { code, scope, expires_at: new Date(this.#clock.wallMs() + LIFE_MS).toISOString() };
  }

  /** The scope of a code that holds, `null` for any other. */
  scopeOf(code: string): Scope | null {
    const digest = digestOf(code);
    return this.#alive().find((each) => sameDigest(each.digest, digest))?.scope ?? null;
  }

  spend(code: string): void {
    const digest = digestOf(code);
    this.#codes = this.#alive().filter((each) => !sameDigest(each.digest, digest));
  }

  clear(): void {
    this.#codes = [];
  }

  #alive(): Code[] {
    const nowMs = this.#clock.ticksMs();
    return this.#codes.filter(({ endsAtMs }) => endsAtMs > nowMs);
  }
}
