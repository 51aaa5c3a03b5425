import { PARTS, type Part } from "../../telemetry/parts-of-time.ts";
import type { FastifyReply } from "fastify";
import { answered } from "../injected/answered.ts";
import { notAvailable } from "../injected/not-available.ts";
import type { ReportMaker } from "../injected/injected.ts";
import { ProblemError } from "../problems/problem.ts";
import { about, type Api } from "../route.ts";
import { NoQuery } from "../shapes/asked.ts";
import { AnyReport, QueryAnswer, QueryBody, ReportParams, ReportQuery } from "../shapes/report.ts";
import type { CollectorView } from "../view.ts";

const PLUGIN = "plugin:";

/** Answers that others make of evidence: each embedder brings the reports and the queries it has. */
export function reportRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/reports/:kind",
    {
      config: { scope: "read" },
      schema: {
        params: ReportParams,
        querystring: ReportQuery,
        ...about({
          id: "getReport",
          summary: "A report; `plugin:ID` is what a plugin did, part by part.",
          tag: "reports",
          answers: AnyReport,
          refuses: ["not-available", "not-found"],
        }),
      },
    },
    async ({ params: { kind }, query: { from, to, by, explain, proof, ...more } }, reply) => {
      const window = { fromMs: from, toMs: to };
      if (kind.startsWith(PLUGIN)) {
        return await view.platform.telemetry.pluginReport(kind.slice(PLUGIN.length), window, partOf(by));
      }
      const reports = makerOf(kind, view.injected.reports);
      const options = { ...window, by, explain: explain === "true", proof: proof === "true", ...more };
      return await asJson(reply, () => reports.make(kind, options));
    },
  );
  api.post(
    "/query",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        body: QueryBody,
        ...about({
          id: "queryEvidence",
          summary: "Answers SQL over evidence.",
          tag: "reports",
          answers: QueryAnswer,
          refuses: ["not-available"],
        }),
      },
    },
    ({ body: { sql } }, reply) => {
      const { query } = view.injected;
      if (query === undefined) throw notAvailable("queries", "`mimolo evidence --json` gives the records themselves");
      return asJson(reply, () => query(sql));
    },
  );
}

async function asJson(reply: FastifyReply, ask: () => Promise<unknown>) {
  const text = await answered(ask);
  return await reply.type("application/json").serializer(String).send(text);
}

function makerOf(kind: string, reports: ReportMaker | undefined): ReportMaker {
  if (reports === undefined) throw notAvailable("reports", "GET /reports/plugin:ID is there");
  if (reports.kinds.includes(kind)) return reports;
  const hint = `there are ${[...reports.kinds, "plugin:ID"].join(", ")}`;
  throw new ProblemError("not-found", `there is no report ${kind.slice(0, 64)}`, hint);
}

function partOf(by: string | undefined): Part {
  const part = PARTS.find((each) => each === (by ?? "day"));
  if (part !== undefined) return part;
  throw new ProblemError("invalid-parameter", `by must be one of ${PARTS.join(", ")} for a plugin, not "${by}"`);
}
