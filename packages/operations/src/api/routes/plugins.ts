import { rmSync } from "node:fs";
import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import type { Api } from "../route.ts";
import { ProblemError } from "../problem.ts";
import type { CollectorView } from "../view.ts";
import { objectIn, onlyIn, optionalFlagIn, optionalTextsIn, textIn } from "./body.ts";
import { byOf } from "./by.ts";
import { absoluteIn } from "./keys.ts";
import { receive } from "./receive.ts";

/** As many bytes as a package may have, and what a ZIP needs around them. */
const MAX_UPLOAD_BYTES = 68 * 1024 * 1024;

interface OnePlugin {
  Params: { id: string };
  Querystring: Record<string, unknown>;
  Body: unknown;
}

/** Installed packages: in, out, and how they do. */
export function pluginRoutes(server: Api, view: CollectorView): void {
  const { desk } = view;
  server.get<OnePlugin>("/plugins/:id/status", ({ params }) => statusOf(params.id, view));
  server.delete<OnePlugin>("/plugins/:id", (request) =>
    desk.remove({ pluginId: request.params.id, by: byOf(request) }),
  );
  // A package is a stream to be written down, not a body to be held: only here.
  void server.register((uploads, _options, done) => {
    uploads.addContentTypeParser("application/octet-stream", (_request, payload, parsed) => parsed(null, payload));
    uploads.post<OnePlugin>("/plugins/:id/install", { bodyLimit: MAX_UPLOAD_BYTES }, async (request, reply) => {
      const report = isStream(request.body)
        ? await installSent(request, request.body, view)
        : await installAt(request, view);
      void reply.code(report.changed ? 201 : 200);
      return report;
    });
    done();
  });
}

async function statusOf(id: string, view: CollectorView) {
  const { plugins } = await view.plugins();
  const plugin = plugins.find(({ plugin_id }) => plugin_id === id);
  if (plugin === undefined)
    throw new ProblemError("unknown-plugin", `there is no plugin ${id}`, "GET /plugins lists them");
  const held = view.desk.grants().filter(({ plugin_id }) => plugin_id === id);
  return {
    ...plugin,
    granted: held.map(({ capability }) => capability),
    agents: view.status().agents.filter(({ plugin_id }) => plugin_id === id),
  };
}

async function installAt(request: FastifyRequest<OnePlugin>, { desk }: CollectorView) {
  const body = objectIn(request.body);
  onlyIn(body, ["path", "grants", "accept_downgrade"]);
  return await desk.install({
    pluginId: request.params.id,
    path: absoluteIn(textIn(body, "path")),
    grants: body["grants"] === "all" ? "all" : optionalTextsIn(body, "grants"),
    // Who says nothing about grants gives them afterwards: POST /grants.
    mayWait: body["grants"] === undefined,
    acceptDowngrade: optionalFlagIn(body, "accept_downgrade"),
    by: byOf(request),
  });
}

/** The package is the body; what else is to be said stands in the query: `?grants=network,filesystem&accept_downgrade=true`. */
async function installSent(request: FastifyRequest<OnePlugin>, body: Readable, { desk }: CollectorView) {
  const { grants, accept_downgrade: downgrade, ...rest } = request.query;
  onlyIn(rest, []);
  const isListed = grants === undefined || typeof grants === "string";
  if (!isListed || (downgrade !== undefined && downgrade !== "true" && downgrade !== "false")) {
    throw new ProblemError("invalid-parameter", "the query is ?grants=a,b&accept_downgrade=true");
  }
  const names = grants?.split(",").filter((name) => name !== "");
  const path = desk.uploadPlace();
  try {
    await receive(body, path, MAX_UPLOAD_BYTES);
    return await desk.install({
      pluginId: request.params.id,
      path,
      grants: grants === "all" ? "all" : names,
      mayWait: names === undefined,
      acceptDowngrade: downgrade === "true",
      by: byOf(request),
    });
  } finally {
    rmSync(path, { force: true });
  }
}

function isStream(body: unknown): body is Readable {
  return typeof body === "object" && body !== null && "pipe" in body;
}
