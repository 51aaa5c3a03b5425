import { isAbsolute } from "node:path";
import type { Api } from "../route.ts";
import { ProblemError } from "../problem.ts";
import type { CollectorView } from "../view.ts";
import { objectIn, onlyIn, optionalTextIn, optionalTextsIn, textIn } from "./body.ts";
import { byOf } from "./by.ts";

/** The keyring, and what is allowed by exactly its bytes. */
export function keyRoutes(server: Api, { desk }: CollectorView): void {
  server.get("/keys", () => ({ items: desk.keys(), next_cursor: null }));
  server.post<{ Body: unknown }>("/keys", async (request, reply) => {
    const body = objectIn(request.body ?? {});
    onlyIn(body, ["label", "scope"]);
    const report = await desk.newKey({
      label: optionalTextIn(body, "label"),
      scope: optionalTextsIn(body, "scope"),
      by: byOf(request),
    });
    void reply.code(201);
    return report;
  });
  server.post<{ Body: unknown }>("/keys/trust", async (request, reply) => {
    const body = objectIn(request.body);
    onlyIn(body, ["public_key", "label", "scope", "source"]);
    const source = optionalTextIn(body, "source");
    if (source !== undefined && source !== "pinned" && source !== "first-use") {
      throw new ProblemError("invalid-parameter", "source must be pinned or first-use");
    }
    const report = await desk.trustKey({
      publicKey: textIn(body, "public_key"),
      label: optionalTextIn(body, "label"),
      scope: optionalTextsIn(body, "scope"),
      source,
      by: byOf(request),
    });
    void reply.code(201);
    return report;
  });
  server.post<{ Params: { id: string }; Body: unknown }>("/keys/:id/revoke", ({ params, body: given, headers }) => {
    const body = objectIn(given ?? {});
    onlyIn(body, ["why"]);
    return desk.revokeKey({ keyId: params.id, why: optionalTextIn(body, "why"), by: byOf({ headers }) });
  });
  server.post<{ Body: unknown }>("/allow", async (request, reply) => {
    const body = objectIn(request.body);
    onlyIn(body, ["path", "grants"]);
    const path = absoluteIn(textIn(body, "path"));
    const report = await desk.allow({ path, grants: optionalTextsIn(body, "grants"), by: byOf(request) });
    void reply.code(201);
    return report;
  });
}

/** What stands where depends on nobody's working directory. */
export function absoluteIn(path: string): string {
  if (isAbsolute(path) && !path.includes("\0")) return path;
  throw new ProblemError("invalid-parameter", "path must be absolute");
}
