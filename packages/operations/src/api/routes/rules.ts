import { RulesTestReport } from "@mimolo/protocol";
import { pageOf } from "../asked/page-of.ts";
import { about, type Api } from "../route.ts";
import { NoQuery, PageQuery } from "../shapes/asked.ts";
import { RulesList, RulesTestBody } from "../shapes/report.ts";
import type { CollectorView } from "../view.ts";

/** The rules, and what they would do at an event: `{event: {source, …}}`, or that object itself. */
export function ruleRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/rules",
    {
      config: { scope: "read" },
      schema: {
        querystring: PageQuery,
        ...about({
          id: "listRules",
          summary: "Every rule, and what became of it.",
          description: "`items` is a page; `rules` are all of them, as `mimolo rules list --json` has them.",
          tag: "platform",
          answers: RulesList,
        }),
      },
    },
    ({ query }) => {
      const { rules } = view.platform.rules.report();
      return { ...pageOf(rules, query, ({ name }) => name), rules };
    },
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
