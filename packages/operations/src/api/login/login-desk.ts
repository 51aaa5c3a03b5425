import type { LoginCodeReport, LoginReport, Scope } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { type Caller, covers } from "./access.ts";
import type { FailureBucket } from "../guard/failure-bucket.ts";
import { Refusal } from "../guard/refusal.ts";
import { LoginCodes } from "./codes.ts";
import type { Tokens } from "./tokens.ts";

export interface LoginParts {
  readonly tokens: Tokens;
  readonly failures: FailureBucket;
  readonly clock: Clock;
  /** The address over TCP, `null` where nothing listens there. */
  http(): string | null;
  /** Hears of every code that was traded. */
  loggedIn(scope: Scope): void;
}

/** Where codes are made and traded for tokens, and tokens are ended. */
export class LoginDesk {
  readonly #parts: LoginParts;
  readonly #codes: LoginCodes;

  constructor(parts: LoginParts) {
    this.#parts = parts;
    this.#codes = new LoginCodes(parts.clock);
  }

  code(scope: Scope): LoginCodeReport {
    const made = this.#codes.make(scope);
    const http = this.#parts.http();
    return { ...made, address: http === null ? null : `${http}/#code=${made.code}` };
  }

  /** A token of the code's scope, or of a lesser one. Throws `Refusal`. */
  trade(code: string, wanted: Scope | undefined): LoginReport {
    const held = this.#codes.scopeOf(code);
    if (held === null) {
      this.#parts.failures.count();
      throw new Refusal({
        code: "unauthorized",
        detail: "this code was never made, was used, or is older than five minutes",
        hint: "mimolo open makes a fresh one, as does POST /api/v1/login/code over the control socket",
        reason: "bad-code",
      });
    }
    if (wanted !== undefined && !covers(held, wanted)) {
      throw new Refusal({
        code: "forbidden",
        detail: `this code is good for ${held}, not for ${wanted}`,
        hint: `ask for ${held}, or make a code of the scope ${wanted}`,
        reason: "scope",
      });
    }
    const made = this.#parts.tokens.make(wanted ?? held);
    this.#codes.spend(code);
    this.#parts.loggedIn(made.scope);
    return made;
  }

  /** Ends the token the caller showed. Throws `Refusal` `conflict` for the owner's own: it would go on being good. */
  end({ holder }: Caller): void {
    if (holder === undefined || this.#parts.tokens.end(holder)) return;
    throw new Refusal({
      code: "conflict",
      detail: "this is the token of the file `control/token`: nobody logged in for it, so nobody logs out",
      hint: "delete the file and start the collector again: it makes another",
      reason: "own-token",
    });
  }

  /** Ends every token that was traded for a code, and the codes themselves. */
  endAll(): void {
    this.#parts.tokens.endAll();
    this.#codes.clear();
  }
}
