import type { Api } from "../route.ts";
import { timeOf } from "../query.ts";
import type { CollectorView } from "../view.ts";

/** The collector itself: is it there, how is it, what has it folded, stop. */
export function collectorRoutes(server: Api, view: CollectorView): void {
  server.get("/health", () => ({ ok: true }));
  server.get("/status", () => view.status());
  server.get("/plugins", async () => {
    const { plugins, problems } = await view.plugins();
    return { items: plugins, next_cursor: null, plugins, problems };
  });
  server.get<{ Querystring: Record<string, unknown> }>("/timeline", ({ query }) =>
    view.timeline({ fromMs: timeOf(query, "from"), toMs: timeOf(query, "to") }),
  );
  server.post("/shutdown", (_request, reply) => {
    void reply.code(202).send({ stopping: true });
    view.shutdown();
  });
}
