import { createRequire } from "node:module";
import type { Problem } from "@mimolo/protocol";
import type { FastifyReply } from "fastify";
import type { AccessDesk } from "../login/access-desk.ts";
import { noteRoutes } from "../asked/allowed-methods.ts";
import { ours } from "../problems/collector-problem.ts";
import { openApiDocument } from "../document/open-api-document.ts";
import type { Guard } from "../guard/guard.ts";
import { Refusal } from "../guard/refusal.ts";
import { countRequests } from "../metrics/request-counts.ts";
import { problem, problemOf } from "../problems/problem.ts";
import type { Api } from "../route.ts";
import { routes } from "../routes.ts";
import { pageRoutes } from "../page/page-routes.ts";
import { API_PREFIX } from "../prefix.ts";
import { refuseUnaskedBodies } from "../asked/unasked-body.ts";
import { validatorFor } from "../asked/validator.ts";
import type { CollectorView } from "../view.ts";

const BODY_LIMIT_BYTES = 65_536;
/** A grant's id may hold a path. */
const LONGEST_PARAMETER = 8_192;
const WHAT_THERE_IS = `GET ${API_PREFIX}/openapi.json lists every path`;
const PROBLEM_TYPE = "application/problem+json";

export interface ApiParts {
  readonly view: CollectorView;
  readonly guard: Guard;
  readonly desk: AccessDesk;
  /** Those who listen to events, now. */
  readonly listeners: () => number;
  /** Adds to it what has to be known before the routes. */
  readonly before?: (api: Api) => void;
}

/** As the CommonJS that it is: to import it, Node would first look for what it exports in all its sources, for as long again. */
const load = createRequire(import.meta.url);

const noneOfItsOwn = () => {
  throw new Error("a schema came before its compilers");
};

/** The API without a place to listen. The library is loaded only here: whoever opens no API does not pay for it. */
export function makeApi({ view, guard, desk, listeners, before }: ApiParts): Api {
  const { fastify } = load("fastify") as typeof import("fastify");
  const api = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    return503OnClosing: true,
    // Whoever hands requests over makes a GET of a HEAD: a second route for each would take half of the start.
    exposeHeadRoutes: false,
    // A path that cannot be read never gets as far as the handler of errors.
    frameworkErrors: (error, _request, reply) => refuse(reply, problemOf(error)),
    // It would load two libraries for its own, before it hears of ours below.
    schemaController: { compilersFactory: { buildValidator: noneOfItsOwn, buildSerializer: noneOfItsOwn } },
  }) as unknown as Api;
  api.setValidatorCompiler(validatorFor);
  // The document says what is answered, and tests hold the answers to it: nobody pays for a second look at each.
  api.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  api.removeContentTypeParser("text/plain");
  const parseJson = api.getDefaultJsonParser("error", "error");
  api.removeContentTypeParser("application/json");
  api.addContentTypeParser("application/json", { parseAs: "string" }, (request, text, done) => {
    // A verb that needs no body may be sent with none, whatever its type is called.
    if (text === "") done(null, undefined);
    else void parseJson(request, text as string, done);
  });
  api.setErrorHandler((error, request, reply) => {
    if (error instanceof Refusal) void reply.headers(error.headers);
    refuse(reply, problemOf(ours(error), request.routeOptions.bodyLimit));
  });
  api.addHook("onRequest", (request, _reply, done) => {
    request.caller = guard.admit(request.raw, request.is404 ? { scope: "read" } : request.routeOptions.config);
    done();
  });
  const methodsOf = noteRoutes(api);
  const requests = countRequests(api);
  api.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const methods = methodsOf(path);
    const answer =
      methods.length === 0
        ? problem("not-found", `there is no ${request.method} ${path}`, WHAT_THERE_IS, "path")
        : problem("method-not-allowed", `${path} does not answer ${request.method}`, `use ${methods.join(" or ")}`);
    if (methods.length > 0) void reply.header("allow", methods.join(", "));
    refuse(reply, answer);
  });
  refuseUnaskedBodies(api);
  before?.(api);
  void api.register(
    (inner, _options, done) => {
      const figures = () => ({ requests, listeners: listeners() });
      routes(inner, { view, desk, figures, document: openApiDocument });
      done();
    },
    { prefix: API_PREFIX },
  );
  pageRoutes(api, view.injected.page);
  return api;
}

function refuse(reply: Pick<FastifyReply, "code">, answer: Problem): void {
  void reply.code(answer.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(answer);
}
