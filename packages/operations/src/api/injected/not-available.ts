import { ProblemError } from "../problems/problem.ts";

/** What a path answers whose other half nobody brought. */
export function notAvailable(what: string, hint: string): ProblemError {
  return new ProblemError("not-available", `this collector has no ${what}`, hint);
}
