import { z } from "zod";
import { about, type Api } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";
import type { CollectorView } from "../view.ts";
import { Exposition } from "./exposition.ts";
import { type ApiFigures, look } from "./seen.ts";

/** Figures for Prometheus. */
export function metricsRoute(api: Api, view: CollectorView, figures: () => ApiFigures): void {
  const exposition = new Exposition();
  api.get(
    "/metrics",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        ...about({
          id: "getMetrics",
          summary: "Figures as Prometheus reads them.",
          tag: "collector",
          answers: z.string(),
          type: "text/plain",
        }),
      },
    },
    async (_request, reply) => {
      const { type, text } = await exposition.of(look(view, figures()));
      return await reply.type(type).send(text);
    },
  );
}
