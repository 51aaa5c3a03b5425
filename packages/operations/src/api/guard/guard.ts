import type { IncomingMessage } from "node:http";
import type { Access, Caller, Transport } from "../access.ts";

/** Decides who may ask for what, before anything of the request is read but its head. */
export interface Guard {
  /** Throws `ProblemError`. */
  admit(request: IncomingMessage, access: Partial<Access>): Caller;
  /** The same for a WebSocket; `null`: its first message has to bring the token. Throws `ProblemError`. */
  admitUpgrade(request: IncomingMessage): Caller | null;
  /** Whose token this is; `null`: nobody's. */
  callerWith(token: string, transport: Transport): Caller | null;
}

/** Whoever reaches the owner-only socket may do everything. */
export const socketGuard: Guard = {
  admit: ({ headers }) => ownerBy(headers),
  admitUpgrade: ({ headers }) => ownerBy(headers),
  callerWith: () => null,
};

function ownerBy(headers: IncomingMessage["headers"]): Caller {
  return { transport: "socket", scope: "admin", by: headers["x-mimolo-by"] === "cli" ? "cli" : "api" };
}
