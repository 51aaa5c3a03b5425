import { chmodSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { ConfigError } from "../config/index.ts";
import { CollectorError } from "../error.ts";
import { prepareSocket } from "../control/address.ts";
import { noteRoutes } from "./allowed-methods.ts";
import { problem, ProblemError, problemOf } from "./problem.ts";
import { amendingRoutes } from "./routes/amending.ts";
import { agentRoutes } from "./routes/agents.ts";
import { auditRoutes } from "./routes/audit.ts";
import { collectorRoutes } from "./routes/collector.ts";
import { configurationRoutes } from "./routes/configuration.ts";
import { evidenceRoutes } from "./routes/evidence.ts";
import { grantRoutes } from "./routes/grants.ts";
import { invokeRoutes } from "./routes/invoke.ts";
import { keyRoutes } from "./routes/keys.ts";
import { messageRoutes } from "./routes/messages.ts";
import { pluginLifeRoutes } from "./routes/plugin-life.ts";
import { pluginRoutes } from "./routes/plugins.ts";
import { ruleRoutes } from "./routes/rules.ts";
import { telemetryRoutes } from "./routes/telemetry.ts";
import type { CollectorView } from "./view.ts";

const BODY_LIMIT_BYTES = 65_536;
const REQUEST_TIMEOUT_MS = 10_000;

export interface ApiServer {
  close(): Promise<void>;
}

/** Opens the control API, prefix `/api/v1`, on an owner-only socket (a named pipe on Windows). */
export async function openApi(socket: string, view: CollectorView): Promise<ApiServer> {
  const server = await makeServer(view);
  prepareSocket(socket);
  await server.listen({ path: socket });
  // The folder is what protects it (0700); the socket's own mode comes second.
  if (process.platform !== "win32") chmodSync(socket, 0o600);
  return { close: () => server.close() };
}

/** The API without a place to listen. The library is loaded only here: whoever opens no API does not pay for it. */
async function makeServer(view: CollectorView): Promise<FastifyInstance> {
  const { fastify } = await import("fastify");
  const server = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    return503OnClosing: true,
  });
  server.removeContentTypeParser("text/plain");
  server.setErrorHandler((error, _request, reply) => {
    const answer = problemOf(ours(error));
    void reply.code(answer.status).type("application/problem+json").send(answer);
  });
  const methodsOf = noteRoutes(server);
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const methods = methodsOf(path);
    const answer =
      methods.length === 0
        ? problem("not-found", `there is no ${request.method} ${path}`)
        : problem("method-not-allowed", `${path} does not answer ${request.method}`, `use ${methods.join(" or ")}`);
    if (methods.length > 0) void reply.header("allow", methods.join(", "));
    void reply.code(answer.status).type("application/problem+json").send(answer);
  });
  void server.register(
    (api, _options, done) => {
      collectorRoutes(api, view);
      agentRoutes(api, view);
      configurationRoutes(api, view);
      evidenceRoutes(api, view);
      amendingRoutes(api, view);
      keyRoutes(api, view);
      grantRoutes(api, view);
      pluginRoutes(api, view);
      pluginLifeRoutes(api, view);
      messageRoutes(api, view);
      invokeRoutes(api, view);
      auditRoutes(api, view);
      ruleRoutes(api, view);
      telemetryRoutes(api, view);
      done();
    },
    { prefix: "/api/v1" },
  );
  return server;
}

function ours(error: unknown): unknown {
  if (error instanceof CollectorError) return asProblem(error);
  if (!(error instanceof ConfigError)) return error;
  const all = error.problems.map(({ message }) => message).join("\n");
  return new ProblemError(error.code === "needs-consent" ? "forbidden" : "invalid-parameter", all, error.hint);
}

function asProblem(error: CollectorError): ProblemError {
  switch (error.code) {
    case "unknown-agent":
      return new ProblemError("unknown-agent", error.message, error.hint);
    case "blocked":
      return new ProblemError("agent-blocked", error.message, error.hint);
    case "shutting-down":
      return new ProblemError("shutting-down", error.message, error.hint);
    case "invalid-correction":
    case "unknown-record":
    case "not-erasable":
    case "already-erased":
      return new ProblemError(error.code, error.message, error.hint);
    case "evidence-not-intact":
      return new ProblemError("evidence-not-intact", error.message, error.hint);
    case "label-taken":
    case "no-config-file":
    case "not-editable":
      return new ProblemError("conflict", error.message, error.hint);
    case "unknown-plugin":
    case "missing-executable":
    case "not-executable":
    case "not-set":
      return new ProblemError("invalid-parameter", error.message, error.hint);
    case "refused-by-trust":
    case "needs-consent":
    case "bad-package":
    case "not-allowable":
    case "bad-grant":
    case "bad-key":
    case "unknown-key":
    case "trust-unreadable":
    case "dependency":
    case "bad-setting":
    case "not-offered":
    case "rolled-back":
    case "plugin-failed":
    case "timed-out":
    case "too-many-requests":
    case "no-handler":
    case "loop":
    case "invalid-parameter":
      return new ProblemError(error.code, error.message, error.hint, error.reason);
    case "not-installed":
      return new ProblemError("unknown-plugin", error.message, error.hint);
    case "invalid-params":
      return new ProblemError("invalid-parameter", error.message, error.hint, error.code);
    case "too-large":
      return new ProblemError("body-too-large", error.message, error.hint);
    case "not-running":
    case "wrong-state":
      return new ProblemError("agent-not-running", error.message, error.hint);
    default:
      return new ProblemError("internal", error.message, error.hint);
  }
}
