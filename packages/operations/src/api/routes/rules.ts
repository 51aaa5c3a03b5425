import type { Api } from "../route.ts";
import type { CollectorView } from "../view.ts";
import { objectIn } from "./body.ts";

/** The rules, and what they would do at an event: `{event: {source, …}}`, or that object itself. */
export function ruleRoutes(server: Api, view: CollectorView): void {
  server.get("/rules", () => view.platform.rules.report());
  server.post<{ Body: unknown }>("/rules/test", ({ body }) => {
    const given = objectIn(body);
    const { event } = given;
    // An event may be called something, too; it has a source then.
    return view.platform.rules.test(typeof event === "object" && event !== null ? event : given);
  });
}
