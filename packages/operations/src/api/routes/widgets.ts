import { WidgetActionReport, WidgetReport } from "@mimolo/protocol";
import { about, type Api } from "../route.ts";
import { LabelParams } from "../shapes/agent.ts";
import { NoQuery } from "../shapes/asked.ts";
import { WidgetActionBody, WidgetRenderBody } from "../shapes/widget.ts";
import type { CollectorView } from "../view.ts";

const seeing = ["unknown-agent", "no-widget", "agent-not-running", "shutting-down"] as const;
const asking = [...seeing, "too-many-requests", "command-not-taken", "timed-out"] as const;

/** What agents show of themselves on the page. */
export function widgetRoutes(api: Api, view: CollectorView): void {
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
          description:
            "The last picture it drew, rebuilt from the allowlist. One that is older than the agent said it may be is asked " +
            "for anew, and waited for 2 s; then the old one is answered, with the `problem`.",
          answers: WidgetReport,
          refuses: seeing,
        }),
      },
    },
    ({ params }) => view.platform.widgets.current(params.label),
  );
  api.post(
    "/widgets/:label/render",
    {
      config: { scope: "read" },
      schema: {
        params: LabelParams,
        querystring: NoQuery,
        body: WidgetRenderBody,
        ...about({
          id: "renderWidget",
          summary: "Asks an agent to draw its widget anew.",
          tag: "page",
          answers: WidgetReport,
          refuses: asking,
        }),
      },
    },
    ({ params, body }) => view.platform.widgets.render(params.label, body ?? {}),
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
          description:
            "`refresh` makes it look and flush just as a flush does. Answered when the agent has acknowledged it and what it " +
            "brought to light is durable.",
          answers: WidgetActionReport,
          refuses: [...asking, "body-too-large"],
        }),
      },
    },
    ({ params, body }) => view.platform.widgets.act(params.label, body.action, body.payload),
  );
}
