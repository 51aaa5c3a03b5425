import { rmSync } from "node:fs";
import type { Readable } from "node:stream";
import { InstallReport } from "@mimolo/protocol";
import { z } from "zod";
import type { Caller } from "../login/access.ts";
import { refuseOverTcp } from "../guard/socket-only.ts";
import { ProblemError } from "../problems/problem.ts";
import { about, type Api } from "../route.ts";
import { PluginParams } from "../shapes/asked.ts";
import { InstallBody, InstallQuery, Package } from "../shapes/plugin.ts";
import type { CollectorView } from "../view.ts";
import { receive, tooLarge } from "./receive.ts";
import { withoutGrants } from "./without-grants.ts";

/** As many bytes as a package may have, and what a ZIP needs around them. */
const MAX_UPLOAD_BYTES = 68 * 1024 * 1024;

interface Asked {
  readonly id: string;
  readonly query: z.output<typeof InstallQuery>;
  readonly caller: Caller;
  readonly view: CollectorView;
}

/** A package comes in: sent as bytes, or from a path of this machine. */
export function installRoutes(api: Api, view: CollectorView): void {
  // A package is a stream to be written down, not a body to be held: only here.
  void api.register((inner, _options, done) => {
    const uploads = inner as unknown as Api;
    uploads.addContentTypeParser("application/octet-stream", ({ headers }, payload, parsed) => {
      // What says so itself is not waited for.
      if (Number(headers["content-length"] ?? 0) > MAX_UPLOAD_BYTES) parsed(tooLarge(MAX_UPLOAD_BYTES));
      else parsed(null, payload);
    });
    uploads.post(
      "/plugins/:id/install",
      {
        bodyLimit: MAX_UPLOAD_BYTES,
        config: { scope: "admin", takes: "package" },
        schema: {
          params: PluginParams,
          querystring: InstallQuery,
          body: {
            content: { "application/octet-stream": { schema: Package }, "application/json": { schema: InstallBody } },
          },
          ...about({
            id: "installPlugin",
            summary: "Installs a package, sent as bytes or, over the socket only, from a path of this machine.",
            description:
              "Answers 201 when something changed, 200 when exactly this package was installed already. " +
              "Who says nothing about grants gives them afterwards with `POST /grants`.",
            tag: "plugins",
            answers: InstallReport,
            status: 201,
            also: [200],
            refuses: [
              "bad-package",
              "refused-by-trust",
              "needs-consent",
              "needs-confirmation",
              "socket-only",
              "dependency",
              "rolled-back",
            ],
          }),
        },
      },
      async ({ params, query, body, caller }, reply) => {
        const asked = { id: params.id, query, caller, view };
        const report = isStream(body)
          ? await installSent(asked, body)
          : await installAt(asked, InstallBody.parse(body));
        void reply.code(report.changed ? 201 : 200);
        return report;
      },
    );
    done();
  });
}

function installAt({ id, query, caller, view }: Asked, body: z.output<typeof InstallBody>) {
  refuseOverTcp(caller, body, ["path"], `mimolo plugin install ${body.path}`);
  if (Object.keys(query).length > 0) {
    throw new ProblemError("invalid-parameter", "grants and accept_downgrade stand in the body, beside path");
  }
  return view.desk.install({
    pluginId: id,
    path: body.path,
    grants: body.grants,
    // Who says nothing about grants gives them afterwards: POST /grants.
    mayWait: body.grants === undefined,
    acceptDowngrade: body.accept_downgrade,
    by: caller.by,
  });
}

async function installSent({ id, query, caller, view }: Asked, body: Readable) {
  const { grants, accept_downgrade: downgrade } = query;
  const names = withoutGrants(
    caller,
    grants?.split(",").filter((name) => name !== ""),
  );
  const path = view.desk.uploadPlace();
  try {
    await receive(body, path, MAX_UPLOAD_BYTES);
    return await view.desk.install({
      pluginId: id,
      path,
      grants: grants === "all" ? "all" : names,
      mayWait: names === undefined,
      acceptDowngrade: downgrade === "true",
      by: caller.by,
    });
  } finally {
    rmSync(path, { force: true });
  }
}

function isStream(body: unknown): body is Readable {
  return typeof body === "object" && body !== null && "pipe" in body;
}
