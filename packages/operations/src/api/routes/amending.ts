import { about, type Api } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";
import { CorrectionBody, CorrectionReport, ErasureBody, ErasureReport } from "../shapes/evidence.ts";
import type { CollectorView } from "../view.ts";

/** What people may do to evidence: say how a stretch of time is to be read, take out what should not be there. */
export function amendingRoutes(api: Api, view: CollectorView): void {
  api.post(
    "/evidence/correct",
    {
      config: { scope: "control" },
      schema: {
        querystring: NoQuery,
        body: CorrectionBody,
        ...about({
          id: "correctEvidence",
          summary: "Says how a stretch of time is to be read; it counts when it is answered.",
          tag: "evidence",
          answers: CorrectionReport,
          status: 201,
          refuses: ["invalid-correction", "shutting-down"],
        }),
      },
    },
    async ({ body: { from, to, as, note } }, reply) => {
      const report = await view.correct({ fromMs: from, toMs: to, as, note });
      void reply.code(201);
      return report;
    },
  );
  api.post(
    "/evidence/erase",
    {
      config: { scope: "admin" },
      schema: {
        querystring: NoQuery,
        body: ErasureBody,
        ...about({
          id: "eraseEvidence",
          summary: "Takes what a record says out of the ledger; that it was there stays provable.",
          tag: "evidence",
          answers: ErasureReport,
          refuses: ["unknown-record", "not-erasable", "already-erased", "evidence-not-intact", "shutting-down"],
        }),
      },
    },
    ({ body }) => view.erase(body),
  );
}
