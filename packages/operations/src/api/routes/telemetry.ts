import { PluginStats, TelemetryReport } from "@mimolo/protocol";
import { about, type Api } from "../route.ts";
import { NoQuery, PluginParams } from "../shapes/asked.ts";
import { TelemetryQuery } from "../shapes/report.ts";
import type { CollectorView } from "../view.ts";

/** What plugins did and used: one of them ever since, all of them in a range of time. */
export function telemetryRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/plugins/:id/stats",
    {
      config: { scope: "read" },
      schema: {
        params: PluginParams,
        querystring: NoQuery,
        ...about({
          id: "getPluginStats",
          summary: "What calls to a plugin came to ever since, and what its agents use now.",
          tag: "platform",
          answers: PluginStats,
          refuses: ["unknown-plugin"],
        }),
      },
    },
    ({ params }) => view.plugin.stats(params.id),
  );
  api.get(
    "/telemetry",
    {
      config: { scope: "read" },
      schema: {
        querystring: TelemetryQuery,
        ...about({
          id: "getTelemetry",
          summary: "What every plugin did and used in a range of time.",
          tag: "platform",
          answers: TelemetryReport,
        }),
      },
    },
    ({ query: { from, to } }) => view.platform.telemetry.report({ fromMs: from, toMs: to }),
  );
}
