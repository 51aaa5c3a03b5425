import { LoginCodeReport, LoginReport, Scope } from "@mimolo/protocol";
import { z } from "zod";
import { about, type Api } from "../route.ts";
import { socketOnly } from "../guard/socket-only.ts";
import { ProblemError } from "../problems/problem.ts";
import { NoQuery } from "../shapes/asked.ts";
import type { LoginDesk } from "./login-desk.ts";

const LoginBody = z.strictObject({
  code: z.string().min(1).max(128),
  /** Less than what the code is good for, if that will do. */
  scope: Scope.optional(),
});
const LoginCodeBody = z.strictObject({ scope: Scope.optional() }).optional();
const LogoutBody = z.strictObject({ all: z.boolean().optional() }).optional();

/** How a page, or a program, comes by a token of its own and lets go of it. */
export function loginRoutes(api: Api, login: LoginDesk): void {
  api.post(
    "/login",
    {
      config: { scope: "open" },
      schema: {
        querystring: NoQuery,
        body: LoginBody,
        ...about({
          id: "logIn",
          summary: "Trades a code for a token, valid for 30 days.",
          tag: "access",
          description:
            "A code is good once, for five minutes. The token is said here only; its digest is what is kept.",
          answers: LoginReport,
          refuses: ["unauthorized", "forbidden", "too-many-requests"],
        }),
      },
    },
    ({ body }) => login.trade(body.code, body.scope),
  );
  api.post(
    "/login/code",
    {
      config: { scope: "admin", only: "socket" },
      schema: {
        querystring: NoQuery,
        body: LoginCodeBody,
        ...about({
          id: "makeLoginCode",
          summary: "Makes a code that can be traded for a token once.",
          tag: "access",
          answers: LoginCodeReport,
          status: 201,
        }),
      },
    },
    (request, reply) => {
      void reply.code(201);
      return login.code(request.body?.scope ?? "admin");
    },
  );
  api.post(
    "/logout",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        body: LogoutBody,
        ...about({
          id: "logOut",
          summary: "Ends the token it came with; over the socket, with `all`, every one that a code was traded for.",
          tag: "access",
          answers: z.object({ ended: z.literal(true) }),
          refuses: ["conflict", "socket-only"],
        }),
      },
    },
    ({ body, caller }) => {
      const all = body?.all === true;
      if (caller.transport === "socket" && !all) {
        const hint = '{"all":true} ends every token';
        throw new ProblemError("invalid-parameter", "all: no token came with this request that could be ended", hint);
      }
      if (caller.transport === "tcp" && all) {
        throw socketOnly("all");
      }
      if (all) login.endAll();
      else login.end(caller);
      return { ended: true as const };
    },
  );
}
