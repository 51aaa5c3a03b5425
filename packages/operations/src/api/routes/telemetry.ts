import type { Api } from "../route.ts";
import type { TimeWindow } from "../../reading/window.ts";
import { PARTS } from "../../telemetry/parts-of-time.ts";
import { ProblemError } from "../problem.ts";
import { timeOf, wordOf } from "../query.ts";
import type { CollectorView } from "../view.ts";
import { onlyIn } from "./body.ts";

interface Asked {
  Params: { id: string };
  Querystring: Record<string, unknown>;
}

const PLUGIN = "plugin:";

/** What plugins did and used: one of them ever since, all of them in a range of time, one of them part by part. */
export function telemetryRoutes(server: Api, view: CollectorView): void {
  server.get<Asked>("/plugins/:id/stats", ({ params, query }) => {
    onlyIn(query, []);
    return view.plugin.stats(params.id);
  });
  server.get<Asked>("/telemetry", ({ query }) => {
    onlyIn(query, ["from", "to"]);
    return view.platform.telemetry.report(windowOf(query));
  });
  server.get<Asked>("/reports/:id", ({ params, query }) => {
    if (!params.id.startsWith(PLUGIN))
      throw new ProblemError("not-found", `there is no report ${params.id}`, "GET /reports/plugin:ID is one");
    onlyIn(query, ["from", "to", "by"]);
    const by = wordOf(query, "by", PARTS) ?? "day";
    return view.platform.telemetry.pluginReport(params.id.slice(PLUGIN.length), windowOf(query), by);
  });
}

function windowOf(query: Asked["Querystring"]): TimeWindow {
  const window = { fromMs: timeOf(query, "from"), toMs: timeOf(query, "to") };
  if (window.fromMs === undefined || window.toMs === undefined || window.fromMs < window.toMs) return window;
  throw new ProblemError("invalid-parameter", "from does not lie before to", "to itself is left out");
}
