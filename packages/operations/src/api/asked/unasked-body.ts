import { ProblemError } from "../problems/problem.ts";
import type { Api } from "../route.ts";

/** A body where a route knows of none is refused: who sends one means something by it. */
export function refuseUnaskedBodies(api: Api): void {
  api.addHook("preValidation", ({ body, method, routeOptions, is404 }, _reply, done) => {
    if (is404 || routeOptions.schema?.body !== undefined || isEmpty(body)) return done();
    done(new ProblemError("invalid-parameter", `${method} ${routeOptions.url ?? ""} takes no body`));
  });
}

function isEmpty(body: unknown): boolean {
  if (body === undefined || body === null) return true;
  return typeof body === "object" && !Array.isArray(body) && Object.keys(body).length === 0;
}
