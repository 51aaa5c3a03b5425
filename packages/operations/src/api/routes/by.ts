import type { FastifyRequest } from "fastify";

/** Who asks, for the audit log: MiMoLo's own command says so in a header. Whoever may talk to this socket may do all that it
 *  offers, so this tells programs apart, not people. */
export function byOf(request: Pick<FastifyRequest, "headers">): string {
  return request.headers["x-mimolo-by"] === "cli" ? "cli" : "api";
}
