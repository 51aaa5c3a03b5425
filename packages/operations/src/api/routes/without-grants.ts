import type { Caller } from "../login/access.ts";
import { ProblemError } from "../problems/problem.ts";

/** Over TCP nothing is granted in passing: a grant is asked for by itself, and confirmed at the terminal. */
export function withoutGrants<Grants>({ transport }: Caller, grants: Grants): Grants {
  if (transport === "socket" || grants === undefined) return grants;
  throw new ProblemError(
    "needs-confirmation",
    "over TCP nothing is granted with an installation",
    "leave grants out, then POST /grants",
  );
}
