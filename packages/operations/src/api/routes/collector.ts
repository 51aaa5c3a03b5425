import { StatusReport } from "@mimolo/protocol";
import { about, type Api } from "../route.ts";
import { NoBody, NoQuery } from "../shapes/asked.ts";
import { HealthReport, Stopping } from "../shapes/collector.ts";
import type { CollectorView } from "../view.ts";

/** The collector itself: is it there, how is it, stop. */
export function collectorRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/health",
    {
      config: { scope: "open" },
      schema: {
        querystring: NoQuery,
        ...about({ id: "getHealth", summary: "Says that it is there.", tag: "collector", answers: HealthReport }),
      },
    },
    () => ({ ok: true }) as const,
  );
  api.get(
    "/status",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        ...about({
          id: "getStatus",
          summary: "The collector and every agent, as `mimolo status --json`.",
          tag: "collector",
          answers: StatusReport,
        }),
      },
    },
    () => view.status(),
  );
  api.post(
    "/shutdown",
    {
      config: { scope: "admin" },
      schema: {
        querystring: NoQuery,
        body: NoBody,
        ...about({
          id: "shutDown",
          summary: "Stops every agent and the collector.",
          tag: "collector",
          answers: Stopping,
          status: 202,
        }),
      },
    },
    (_request, reply) => {
      void reply.code(202).send({ stopping: true });
      view.shutdown();
    },
  );
}
