import { notAvailable } from "../injected/not-available.ts";
import { about, type Api } from "../route.ts";
import { LabelParams } from "../shapes/agent.ts";
import { NoBody, NoQuery } from "../shapes/asked.ts";
import { Content, WidgetActionBody } from "../shapes/page.ts";
import type { CollectorView } from "../view.ts";

const refuses = ["unknown-agent", "not-available"] as const;

/** What agents show of themselves on the page. */
export function widgetRoutes(api: Api, view: CollectorView): void {
  const widgetOf = (label: string): never => {
    view.agent(label);
    throw notAvailable("widgets", "they come with the page");
  };
  api.get(
    "/widgets/:label",
    {
      config: { scope: "read" },
      schema: {
        params: LabelParams,
        querystring: NoQuery,
        ...about({
          id: "getWidget",
          summary: "What an agent shows of itself.",
          tag: "page",
          answers: Content,
          refuses,
        }),
      },
    },
    ({ params }) => widgetOf(params.label),
  );
  api.post(
    "/widgets/:label/render",
    {
      config: { scope: "read" },
      schema: {
        params: LabelParams,
        querystring: NoQuery,
        body: NoBody,
        ...about({
          id: "renderWidget",
          summary: "Asks an agent to draw its widget anew.",
          tag: "page",
          answers: Content,
          refuses,
        }),
      },
    },
    ({ params }) => widgetOf(params.label),
  );
  api.post(
    "/widgets/:label/action",
    {
      config: { scope: "control" },
      schema: {
        params: LabelParams,
        querystring: NoQuery,
        body: WidgetActionBody,
        ...about({
          id: "actOnWidget",
          summary: "Tells an agent what was done in its widget.",
          tag: "page",
          answers: Content,
          refuses,
        }),
      },
    },
    ({ params }) => widgetOf(params.label),
  );
}
