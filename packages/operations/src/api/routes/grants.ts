import { CAPABILITIES, Capability } from "@mimolo/protocol";
import type { Api } from "../route.ts";
import { ProblemError } from "../problem.ts";
import { numberOf } from "../query.ts";
import type { CollectorView } from "../view.ts";
import { objectIn, onlyIn, optionalTextsIn, textIn } from "./body.ts";
import { byOf } from "./by.ts";

const page = { min: 1, max: 1_000, fallback: 100 };

/** What plugins may be given, and who holds what. */
export function grantRoutes(server: Api, { desk }: CollectorView): void {
  server.get("/capabilities", () => ({
    items: Capability.options.map((capability) => ({ capability, ...CAPABILITIES[capability] })),
    next_cursor: null,
  }));
  server.get<{ Querystring: Record<string, unknown> }>("/grants", ({ query }) => {
    const all = desk.grants();
    const from = numberOf(query, "cursor", { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 0 });
    const to = from + numberOf(query, "limit", page);
    return { items: all.slice(from, to), next_cursor: to < all.length ? String(to) : null };
  });
  server.post<{ Body: unknown }>("/grants", async (request, reply) => {
    const report = await desk.grant({ ...grantIn(request.body, true), by: byOf(request) });
    void reply.code(201);
    return report;
  });
  server.post<{ Body: unknown }>("/grants/revoke", (request) =>
    desk.revoke({ ...grantIn(request.body, false), by: byOf(request) }),
  );
  server.delete<{ Params: { id: string } }>("/grants/:id", async ({ params, headers }) => {
    const { id } = params;
    const grant = desk.grants().find((each) => each.id === id);
    if (grant === undefined) throw new ProblemError("not-found", `there is no grant ${id}`, "GET /grants lists them");
    const { plugin_id: pluginId, capability } = grant;
    return await desk.revoke({ pluginId, capabilities: [capability], by: byOf({ headers }) });
  });
}

function grantIn(given: unknown, isNeeded: boolean): { pluginId: string; capabilities: string[] } {
  const body = objectIn(given);
  onlyIn(body, ["plugin_id", "capabilities"]);
  const capabilities = optionalTextsIn(body, "capabilities") ?? [];
  if (isNeeded && capabilities.length === 0) {
    throw new ProblemError("invalid-parameter", "capabilities is missing or empty", '{"capabilities":["network"]}');
  }
  return { pluginId: textIn(body, "plugin_id"), capabilities };
}
