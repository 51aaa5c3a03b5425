import type { IncomingMessage } from "node:http";
import { type Access, type Caller, covers, type Transport } from "../login/access.ts";
import type { Known, Tokens } from "../login/tokens.ts";
import { bearerOf, unauthorized } from "./bearer.ts";
import { checkBodyType } from "./body-type.ts";
import type { FailureBucket } from "./failure-bucket.ts";
import { outOfScope } from "./out-of-scope.ts";
import { socketOnly } from "./socket-only.ts";

/** Decides who may ask for what, before anything of the request is read but its head. Where it came from and whom it was
 *  sent to the listener has looked at by then. */
export interface Guard {
  /** Throws `ProblemError`. */
  admit(request: IncomingMessage, access: Partial<Access>): Caller;
  /** The same for a WebSocket; `null`: its first message has to bring the token. Throws `ProblemError`. */
  admitUpgrade(request: IncomingMessage): Caller | null;
  /** Whose token this is that came with a WebSocket's first message; `null`: nobody's. */
  callerWith(token: string): Caller | null;
  /** Whether what it was admitted by is good for anything still. */
  isStillAdmitted(caller: Caller): boolean;
}

export interface GuardParts {
  /** By the connection, never by what a request says. */
  transportOf(request: IncomingMessage): Transport;
  readonly tokens: Pick<Tokens, "known" | "holds">;
  readonly failures: FailureBucket;
  /** Is told of every request that showed who it is. */
  admitted?(request: IncomingMessage): void;
}

/** Whoever reaches the owner-only socket may do everything; over TCP it takes a token of the route's scope. */
export function makeGuard({ transportOf, tokens, failures, admitted }: GuardParts): Guard {
  const over = (known: Known): Caller => ({ transport: "tcp", scope: known.scope, by: "api", holder: known.holder });

  /** A right token passes whatever others have tried, so that nobody locks the owner out. */
  function callerOf(token: string): Caller {
    const known = tokens.known(token);
    if (known === "expired") throw unauthorized("expired-token");
    if (known !== null) return over(known);
    failures.count();
    throw unauthorized("bad-token");
  }

  function admitOwner(request: IncomingMessage): Caller {
    admitted?.(request);
    return ownerBy(request.headers["x-mimolo-by"] === "cli" ? "cli" : "api");
  }

  function admitTcp(request: IncomingMessage, access: Partial<Access>): Caller {
    // A route that says nothing of its scope is for nobody but the owner.
    const { scope = "admin" } = access;
    if (scope === "open") return nobody;
    const token = bearerOf(request);
    if (token === null) throw unauthorized("missing-token");
    const caller = callerOf(token);
    admitted?.(request);
    if (!covers(caller.scope, scope)) throw outOfScope(caller.scope, scope);
    if (access.only === "socket") throw socketOnly(`${request.method} ${pathOf(request)}`, access.cli);
    return caller;
  }

  return {
    admit(request, access) {
      // What any page can send without asking is refused as such, before anything is said of tokens.
      checkBodyType(request, access);
      return transportOf(request) === "socket" ? admitOwner(request) : admitTcp(request, access);
    },
    admitUpgrade(request) {
      if (transportOf(request) === "socket") return admitOwner(request);
      const token = bearerOf(request);
      if (token === null) return null;
      const caller = callerOf(token);
      admitted?.(request);
      return caller;
    },
    callerWith(token) {
      const known = tokens.known(token);
      if (known !== null && known !== "expired") return over(known);
      failures.note();
      return null;
    },
    isStillAdmitted: ({ holder }) => holder === undefined || tokens.holds(holder),
  };
}

/** Who asks without a token what needs none. */
const nobody: Caller = { transport: "tcp", scope: "read", by: "api" };

function ownerBy(by: Caller["by"]): Caller {
  return { transport: "socket", scope: "admin", by };
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}
