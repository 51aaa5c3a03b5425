import { RulesReport, RulesTestReport } from "@mimolo/protocol";
import { about, type Api } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";
import { RulesTestBody } from "../shapes/report.ts";
import type { CollectorView } from "../view.ts";

/** The rules, and what they would do at an event: `{event: {source, …}}`, or that object itself. */
export function ruleRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/rules",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        ...about({
          id: "listRules",
          summary: "Every rule, and what became of it.",
          tag: "platform",
          answers: RulesReport,
        }),
      },
    },
    () => view.platform.rules.report(),
  );
  api.post(
    "/rules/test",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        body: RulesTestBody,
        ...about({
          id: "testRules",
          summary: "What each rule would do at an event; nothing is done.",
          description: "The body is `{event: {source, …}}`, or the event itself.",
          tag: "platform",
          answers: RulesTestReport,
        }),
      },
    },
    ({ body }) => {
      const { event } = body;
      // An event may be called something, too; it has a source then.
      return view.platform.rules.test(typeof event === "object" && event !== null ? event : body);
    },
  );
}
